"""What is lost is told before, and told only of those who lose it."""

import re

import pytest

from service.domain.exports.client import Client, vcard_for
from service.domain.exports.losses import Loss, losses, losses_of
from service.domain.exports.tables import row
from service.domain.people.content_lines import lines_of
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


PROPERTIES = (
    "ANNIVERSARY:2010-02-03|X-ANNIVERSARY:2010-02-03|BDAY:1971-05-04|NICKNAME:Nuri|ROLE:Vocal|GEO:43.2;-2.9|TZ:+01:00|"
    "MAILER:Mutt|CATEGORIES:Feria,Prensa|item1.X-ABDATE:2011-03-04|item1.X-ABRELATEDNAMES:Iker|IMPP:skype:nuri|"
    "TEL;TYPE=PAGER:5551234|TEL;TYPE=HOME,FAX:+34944000222|item1.TEL:+34944000333|ADR;TYPE=HOME:;;Calle Mayor 1;Bilbao;;;|"
    "EMAIL;TYPE=HOME:casa@nuria.example|URL:https://nuria.example|X-SOCIALPROFILE;TYPE=x:https://x.example/nuri|"
    "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ|LOGO;VALUE=uri:https://nuria.example/l.png|X-PHONETIC-FIRST-NAME:nuria|"
    "RELATED;TYPE=spouse:Iker|GENDER:F|LABEL:Calle Mayor 1|KEY:AAAA|X-EVOLUTION-SPOUSE:Iker"
).split("|")
OF_THE_CARD = ("UID", "REV", "MAILER")


@pytest.mark.parametrize("client", Client)
@pytest.mark.parametrize("times", [1, 2, 6])
def test_whatever_does_not_arrive_is_told(client: Client, times: int) -> None:
    """Of each property, alone and several of its kind: all its words are in the file, or a loss is told."""
    for said in PROPERTIES:
        several = [said if number == 0 else f"{said}{number}" for number in range(times)]
        text = PLAIN.replace("END:VCARD", "\r\n".join([*several, "item1.X-ABLabel:Propio", "END:VCARD"]))
        out = row(text, client) if client.is_table else vcard_for(text, client)
        there = {*words(re.sub(r"\r?\n ", "", out))}
        missing = [
            line for line in lines_of(text) if line.name not in OF_THE_CARD and not {*words(line.value)} <= there
        ]
        wanted = [line for line in missing if line.name != "X-ABLABEL" or said.startswith("item1.")]
        assert losses_of(text, client) or not wanted, (said, wanted, out)


def words(text: str) -> list[str]:
    """Days have lost their hyphens in version 4, and escapes are a matter of the form."""
    return re.findall(r"\w+", text.replace("-", "").replace("\\n", " ").replace("\\", ""))
