"""Putting photos and read cards where a worker would leave them, without reading anything."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from service.domain.reading.card import ReadCard
from service.domain.reading.stamp import Stamp
from service.storage.following import policies
from service.storage.meeting import gatherings, guests
from service.storage.meeting.guests import Guest
from service.storage.people import contacts, duplicates
from service.storage.people.contacts import KeptContact
from service.storage.reaching import outgoing
from service.storage.reading import cards, photos, sides
from service.storage.reading.photos import Photo
from service.web.parts import Parts
from tests.kept_files import path_of
from workers.showing import kept_copy


class Keeper:
    """Works in one account's drawer."""

    def __init__(self, parts: Parts, owner: str) -> None:
        self._parts, self._owner = parts, owner

    def photo(
        self,
        name: str,
        *,
        content: bytes = b"",
        kind: str = "image/heic",
        gathering: str = "",
        note: str = "",
        stamp: Stamp | None = None,
    ) -> str:
        """Keep a photo that nobody has read yet; give its id."""
        sha256 = self._parts.files.put(content or name.encode())
        with self._parts.db.transaction() as tx:
            photo, _ = photos.receive(
                tx,
                owner=self._owner,
                id=str(uuid4()),
                sha256=sha256,
                size=1,
                kind=kind,
                stamp=stamp or Stamp(gathering=gathering, note=note),
                name=name,
            )
        return photo.id

    def read(self, photo_id: str, *found: ReadCard) -> list[str]:
        """Say what was read in it; give the ids of the cards."""
        pictures = [self._parts.files.put(card.picture) for card in found]
        with self._parts.db.transaction() as tx:
            photo = photos.get(tx, owner=self._owner, id=photo_id)
            photos.finish(tx, photo=photo, cards=found, pictures=pictures)
            photos.show(tx, id=photo.id, copy=kept_copy(self._parts.files.put, self._parts.files.get(photo.sha256)))
            return [card.id for card in cards.of_photo(tx, owner=self._owner, photo_id=photo_id)]

    def card(
        self,
        found: ReadCard,
        name: str = "IMG_2041.jpg",
        *,
        gathering: str = "",
        note: str = "",
        stamp: Stamp | None = None,
    ) -> str:
        """Keep a photo with one card, read; give the card's id."""
        photo_id = self.photo(name, kind="image/jpeg", gathering=gathering, note=note, stamp=stamp)
        return self.read(photo_id, found)[0]

    def speak(self, photo_id: str, spoken: str) -> None:
        """Lay a recording, kept by that name, beside the photo."""
        with self._parts.db.transaction() as tx:
            photos.speak(tx, owner=self._owner, id=photo_id, spoken=spoken, kind="audio/webm")

    def give_up(self, photo_id: str, reason: str) -> None:
        with self._parts.db.transaction() as tx:
            photos.give_up(tx, id=photo_id, reason=reason)

    def confirm(self, card_id: str) -> str:
        with self._parts.db.transaction() as tx:
            return cards.confirm(tx, owner=self._owner, id=card_id)

    def join(self, back: str, front: str) -> None:
        with self._parts.db.transaction() as tx:
            sides.join(tx, owner=self._owner, back=back, front=front)

    def write(self, *vcards: str) -> list[str]:
        """Keep contacts that came without a card; give their ids."""
        with self._parts.db.transaction() as tx:
            return [contacts.write(tx, owner=self._owner, vcard=vcard).id for vcard in vcards]

    def look_for_duplicates(self, *ids: str) -> None:
        with self._parts.db.transaction() as tx:
            duplicates.look(tx, owner=self._owner, contact_ids=ids)

    def mail(self, *, to: str = "nuria@filtros.example", subject: str = "Nos vimos en la Cámara") -> str:
        """Write a mail that a worker would send; give its id."""
        said = {"kind": "touch", "key": str(uuid4()), "to": to, "to_name": "Nuria Vidal", "subject": subject}
        with self._parts.db.transaction() as tx:
            return outgoing.put(tx, owner=self._owner, text="Hola, Nuria:\n\nUn saludo,\nAna\n", **said)

    def evening(self, *, days_ahead: int = 0, **values: Any) -> str:
        """Give an evening of one's own with everybody of the drawer on its list; give its id."""
        with self._parts.db.transaction() as tx:
            day = policies.today(tx, owner=self._owner) + timedelta(days=days_ahead)
            said = {"name": "Cata de vinos", "kind": "own", "begins": "20:00", "place": "Bodega Lur", **values}
            made = gatherings.add(tx, owner=self._owner, day=day, **said)
            everybody = [contact.id for contact in contacts.page(tx, owner=self._owner).rows]
            guests.add(tx, owner=self._owner, gathering_id=made, contact_ids=everybody)
        return made

    def guests(self, gathering_id: str) -> list[Guest]:
        with self._parts.db.reading() as tx:
            return guests.of_gathering(tx, owner=self._owner, gathering_id=gathering_id)

    def contacts(self) -> list[KeptContact]:
        with self._parts.db.reading() as tx:
            return contacts.page(tx, owner=self._owner).rows

    def photos(self) -> list[photos.Photo]:
        with self._parts.db.reading() as tx:
            return photos.page(tx, owner=self._owner).rows

    def file(self, photo: Photo) -> Path:
        return path_of(self._parts.files, photo.sha256)

    def spoken(self, photo: Photo) -> bytes:
        """The recording beside the photo."""
        return self._parts.files.get(photo.spoken)
