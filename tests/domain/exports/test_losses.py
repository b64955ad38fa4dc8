"""What is lost is told before, and told only of those who lose it."""

from service.domain.exports.client import Client
from service.domain.exports.losses import Loss, losses, losses_of
from tests.domain.exports.people import everybody

FULL, PLAIN = everybody()[0], everybody()[1]


def test_what_a_plain_contact_holds_arrives_everywhere() -> None:
    assert all(losses_of(PLAIN, client) == frozenset() for client in Client)


def test_outlook_keeps_one_site_and_no_labels() -> None:
    assert losses_of(FULL, Client.OUTLOOK) == {Loss.SITES, Loss.SITES_ONLY, Loss.LABELS, Loss.OTHERS}


def test_an_iphone_keeps_all_but_the_category() -> None:
    assert losses_of(FULL, Client.APPLE) == {Loss.GATHERING}


def test_version_4_keeps_everything() -> None:
    assert losses_of(FULL, Client.V4) == frozenset()


def test_more_than_there_is_place_for_is_counted_by_contact() -> None:
    more = "".join(f"EMAIL:{n}@x.example\r\nTEL;TYPE=CELL:+3460000000{n}\r\nADR:;;{n};;;;\r\n" for n in range(4))
    crowded = PLAIN.replace("END:VCARD", f"{more}PHOTO;ENCODING=b:AAAA\r\nEND:VCARD")
    told = losses([crowded, crowded, PLAIN], Client.OUTLOOK_CSV)
    assert told == {Loss.MAILS: 2, Loss.PHONES: 2, Loss.ADDRESSES: 2, Loss.PHOTO: 2}
    assert losses([crowded], Client.GOOGLE_CSV) == {Loss.MAILS: 1, Loss.PHONES: 1, Loss.ADDRESSES: 1, Loss.PHOTO: 1}
