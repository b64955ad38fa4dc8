"""The laws of a merge: nothing is lost, both come back to the letter, and edits go with whom they were made of."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from service.domain.merging.joining import joined
from service.domain.merging.parting import parted
from service.domain.people.contact import CardFields, Contact
from service.domain.people.vcard import edit, fields_of, render
from service.domain.reading.card import PersonName, Phone, PhoneType

NOW = datetime(2026, 3, 5, 9, tzinfo=UTC)
WORDS = st.sampled_from(["Ana", "Vega; Gil", "Año, nuevo", "Groß", "太郎", "x\\y", "3M", "¿?"])
LINES = st.lists(WORDS, max_size=3, unique=True)
CARDS = st.builds(
    CardFields,
    name=st.builds(lambda given: PersonName(f"{given} Soto", given, "Soto"), WORDS),
    org=st.one_of(st.just(""), WORDS),
    department=st.one_of(st.just(""), WORDS),
    title=st.one_of(st.just(""), WORDS),
    emails=st.lists(st.sampled_from(["a@x.example", "b@x.example", "c@x.example"]), max_size=3, unique=True).map(tuple),
    phones=st.lists(st.sampled_from(["+34600000001", "+34600000002", "+34600000003"]), max_size=2, unique=True).map(
        lambda numbers: tuple(Phone(number, number, PhoneType.MOBILE) for number in numbers)
    ),
    note=LINES.map("\n".join),
)
MOMENTS = st.sampled_from([datetime(2024, 1, 1, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC)])


def kept(fields: CardFields, uid: str, at: datetime) -> str:
    return render(Contact(uid, fields, "", fields.note, at))


@given(CARDS, CARDS, MOMENTS, MOMENTS)
def test_every_value_of_both_is_in_the_one(one: CardFields, other: CardFields, at: datetime, then: datetime) -> None:
    both = fields_of(joined(kept(one, "a", at), kept(other, "b", then), now=NOW).text)
    assert {*both.emails} == {*one.emails, *other.emails}
    assert {phone.e164 for phone in both.phones} == {phone.e164 for phone in (*one.phones, *other.phones)}
    assert {*one.note.splitlines(), *other.note.splitlines()} <= {*both.note.splitlines()}
    for title in filter(None, (one.title, other.title)):
        assert title == both.title or title in both.note or not (one.title and other.title)
    for fields in (one, other):
        assert fields.org in (both.org, "") or fields.org in both.note
        assert fields.department in (both.department, "") or fields.department in both.note


@given(CARDS, CARDS, MOMENTS, MOMENTS)
def test_taken_apart_unchanged_both_are_the_same_to_the_letter(
    one: CardFields, other: CardFields, at: datetime, then: datetime
) -> None:
    mine, theirs = kept(one, "a", at), kept(other, "b", then)
    after = joined(mine, theirs, now=NOW).text
    apart = parted(kept=mine, gone=theirs, after=after, now=after)
    assert (apart.kept, apart.gone) == (mine, theirs)


@given(CARDS, CARDS, st.sampled_from(["new@x.example", "other@x.example"]))
def test_what_is_added_since_stays_with_the_one_that_stayed(one: CardFields, other: CardFields, mail: str) -> None:
    mine, theirs = kept(one, "a", NOW), kept(other, "b", NOW)
    after = joined(mine, theirs, now=NOW).text
    now = edit(after, {"emails": [*fields_of(after).emails, mail]}, now=NOW)
    apart = parted(kept=mine, gone=theirs, after=after, now=now)
    assert fields_of(apart.kept).emails == (*one.emails, mail)
    assert fields_of(apart.gone).emails == other.emails


@given(CARDS, CARDS)
def test_what_is_taken_away_since_is_taken_from_whoever_had_it(one: CardFields, other: CardFields) -> None:
    mine, theirs = kept(one, "a", NOW), kept(other, "b", NOW)
    after = joined(mine, theirs, now=NOW).text
    apart = parted(kept=mine, gone=theirs, after=after, now=edit(after, {"emails": []}, now=NOW))
    assert (fields_of(apart.kept).emails, fields_of(apart.gone).emails) == ((), ())


def test_notes_with_the_breaks_of_ios_are_joined_and_come_back() -> None:
    mine, theirs = (kept(CardFields(name=PersonName(f"Ana {uid}", "Ana", uid)), uid, NOW) for uid in ("a", "b"))
    theirs = theirs.replace("END:VCARD", "NOTE:uno\u2028TEL:+34600000009\x85\r\nEND:VCARD")
    after = joined(mine, theirs, now=NOW).text
    assert (fields_of(after).phones, "uno\u2028TEL:+34600000009" in fields_of(after).note) == ((), True)
    apart = parted(kept=mine, gone=theirs, after=after, now=edit(after, {"emails": ["c@x.example"]}, now=NOW))
    assert fields_of(apart.gone).note == fields_of(theirs).note


def test_a_card_of_version_4_is_joined_as_3_and_comes_back_as_it_was() -> None:
    mine = "BEGIN:VCARD\r\nVERSION:4.0\r\nUID:a\r\nFN:Ana Gil\r\nN:Gil;Ana;;;\r\nTEL;VALUE=uri:tel:+34600000001\r\nEND:VCARD\r\n"
    theirs = kept(CardFields(name=PersonName("Ana Gil", "Ana", "Gil"), emails=("a@x.example",)), "b", NOW)
    after = joined(mine, theirs, now=NOW).text
    assert "VERSION:3.0" in after
    assert fields_of(after).phones[0].e164 == "+34600000001"
    assert parted(kept=mine, gone=theirs, after=after, now=after).kept == mine
