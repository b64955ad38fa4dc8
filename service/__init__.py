"""What the product knows, keeps and serves.

The path of a card through it:

1. a photo is received: bytes on disk, then a row, then the commit, then the bell (`queue`), then the answer;
2. a worker reads it: cards, each with a reading that says what it is unsure of;
3. a person reviews the card and confirms it (`web`);
4. the card becomes a contact, which is its vCard text (`domain.vcard`);
5. the contact leaves as a vCard for the phone's own address book.
"""
