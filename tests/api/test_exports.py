"""Contacts taken away over HTTP: by client, by selection, as ZIP and as tables, in bounded memory."""

import csv
import io
import tracemalloc
import zipfile
from datetime import UTC, datetime

import pytest
import vobject
from sqlalchemy import insert

from service.storage.meeting import gatherings
from service.storage.people import contacts
from service.storage.tables import contacts as rows
from service.web.parts import Parts
from tests.api.asking import Person
from tests.api.test_contacts import VCARD, add


def test_each_client_gets_its_form(ana: Person, found: Parts) -> None:
    add(found, ana, 3)
    for client, sign in (
        ("apple", "VERSION:3.0"),
        ("google", "VERSION:3.0"),
        ("android", "VERSION:3.0"),
        ("v4", "VERSION:4.0"),
    ):
        answer = ana.ask("GET", "/contacts.vcf", query_string={"client": client})
        assert answer.mimetype == "text/vcard"
        assert answer.text.count(sign) == 3
        assert len(list(vobject.readComponents(answer.text))) == 3


def test_outlook_gets_one_file_a_contact_and_a_table(ana: Person, found: Parts) -> None:
    add(found, ana, 3)
    answer = ana.ask("GET", "/contacts.vcf", query_string={"client": "outlook"})
    assert answer.mimetype == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["000001 Rita2 Lima.vcf", "000002 Rita1 Lima.vcf", "000003 Rita0 Lima.vcf"]
        assert vobject.readOne(archive.read(archive.namelist()[0]).decode()).fn.value == "Rita2 Lima"
    table = ana.ask("GET", "/contacts.vcf", query_string={"client": "outlook-csv"}).data.decode("utf-8-sig")
    assert [row["First Name"] for row in csv.DictReader(io.StringIO(table, newline=""))] == ["Rita2", "Rita1", "Rita0"]


def test_a_gathering_a_search_and_a_selection_are_taken_alone(ana: Person, found: Parts) -> None:
    add(found, ana, 3)
    with found.db.transaction() as tx:
        page = contacts.page(tx, owner=ana.account.id).rows
        fair = gatherings.meet(tx, owner=ana.account.id, name="Feria", day=datetime(2026, 3, 4, tzinfo=UTC).date())
        contacts.write(tx, owner=ana.account.id, vcard=page[0].vcard, id=page[0].id, gathering_id=fair)
    for query, names in (
        ({"gathering": fair}, ["Rita2 Lima"]),
        ({"q": "rita1"}, ["Rita1 Lima"]),
        ({"ids": f"{page[2].id},{page[1].id}"}, ["Rita1 Lima", "Rita0 Lima"]),
        ({"circle": "inner"}, []),
    ):
        text = ana.ask("GET", "/contacts.vcf", query_string=query).text
        assert [card.fn.value for card in vobject.readComponents(text)] == names, query


def test_one_contact_is_given_in_the_form_that_is_asked_for(ana: Person, contact_id: str) -> None:
    plain = ana.ask("GET", f"/contacts/{contact_id}.vcf").text
    assert "VERSION:3.0" in plain
    assert ";CHARSET=utf-8:" in ana.ask("GET", f"/contacts/{contact_id}.vcf", query_string={"client": "outlook"}).text
    assert (
        ana.ask("GET", f"/contacts/{contact_id}.vcf", query_string={"client": "outlook-csv"}).json["code"]
        == "client_table"
    )
    assert ana.ask("GET", f"/contacts/{contact_id}.vcf", query_string={"client": "fax"}).status_code == 422


def test_what_would_be_lost_is_told_before(ana: Person, found: Parts) -> None:
    add(found, ana, 2)
    told = ana.ask("GET", "/contacts/losses", query_string={"client": "outlook"}).json
    assert told == {"client": "outlook", "losses": {"others": 2}}
    assert ana.ask("GET", "/contacts/losses", query_string={"client": "v4"}).json["losses"] == {}


@pytest.mark.parametrize("client", ["apple", "outlook", "google-csv"])
def test_four_times_the_contacts_take_no_more_memory(ana: Person, found: Parts, client: str) -> None:
    few = peak_bytes(ana, found, client, 800)
    assert peak_bytes(ana, found, client, 3_200) < few + 2**19


def peak_bytes(ana: Person, found: Parts, client: str, number: int) -> int:
    """The most that is held at once while the answer is read as it comes, and thrown away."""
    with found.db.transaction() as tx:
        tx.execute(rows.delete())
        at = datetime(2026, 3, 5, tzinfo=UTC)
        for first in range(0, number, 1000):
            tx.execute(insert(rows), [row_of(ana, one, at) for one in range(first, min(first + 1000, number))])
    tracemalloc.start()
    try:
        proof = {"Authorization": f"Bearer {ana.token}"}
        answer = ana.client.get("/api/v1/contacts.vcf", query_string={"client": client}, headers=proof, buffered=False)
        assert sum(len(chunk) for chunk in answer.response) > number * 20
        answer.close()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def row_of(ana: Person, number: int, at: datetime) -> dict[str, object]:
    text = VCARD.format(uid=f"person-{number}", given=f"Rita{number}")
    key = {"id": f"00000000-0000-4000-8000-{number:012}", "account_id": ana.account.id, "uid": f"person-{number}"}
    return {
        **key,
        "kind": "person",
        "name": f"Rita{number} Lima",
        "vcard": text,
        "etag": "e",
        "created_at": at,
        "updated_at": at,
    }
