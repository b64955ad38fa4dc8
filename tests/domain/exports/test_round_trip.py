"""Two thousand generated contacts, some hundreds a form: what is rendered is read back as it was."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain.exports.client import Client, vcard_for
from service.domain.people.contact import CardFields, contact_of
from service.domain.people.vcard import fields_of, render
from service.domain.reading.card import Address, PersonName, Phone, PhoneType, Profile

NOW = datetime(2026, 3, 5, tzinfo=UTC)
SIGNS = st.sampled_from([*"aeionñßü.,;:\\\"'’=+-@/()&%#日本太郎한국🙂🌻ا ב\u0301é"])
WORD = st.text(SIGNS, min_size=1, max_size=12).map(lambda text: "".join(text.split())).filter(bool)
TEXT = st.lists(WORD, min_size=1, max_size=4).map(" ".join)
NAMES = st.builds(
    lambda given, family, prefix: PersonName(f"{given} {family}", given, family, prefix=prefix),
    TEXT,
    TEXT,
    st.sampled_from(["", "Dra.", "Prof. Dr."]),
)
PHONES = st.builds(
    lambda number, kind: Phone(number, number, kind),
    st.integers(10**8, 10**11).map(lambda digits: f"+{digits}"),
    st.sampled_from(list(PhoneType)),
)
ADDRESSES = st.builds(
    lambda street, code, city: Address(f"{street}, {code} {city}", street, "", code, city),
    TEXT,
    st.sampled_from(["48001", "SW1A 1AA", "10115"]),
    TEXT,
)
CONTACTS = st.builds(
    CardFields,
    name=NAMES,
    org=TEXT,
    department=st.one_of(st.just(""), TEXT),
    title=st.one_of(st.just(""), TEXT),
    emails=st.lists(WORD, max_size=3, unique=True).map(tuple),
    phones=st.lists(PHONES, max_size=3).map(tuple),
    urls=st.lists(WORD.map(lambda path: f"https://x.example/{path}"), max_size=2, unique=True).map(tuple),
    addresses=st.lists(ADDRESSES, max_size=2).map(tuple),
    note=st.one_of(st.just(""), st.lists(TEXT, min_size=1, max_size=3).map("\n".join)),
)


@pytest.mark.parametrize("client", [client for client in Client if not client.is_table])
@settings(max_examples=400)
@given(fields=CONTACTS)
def test_what_is_rendered_is_read_back(fields: CardFields, client: Client) -> None:
    text = render(contact_of(fields, uid="u", gathering="", note="", met_on=None, now=NOW))
    assert fields_of(text) == fields
    assert fields_of(vcard_for(text, client)) == fields


@given(handle=WORD.filter(lambda word: "/" not in word))
def test_a_profile_is_read_back_and_stands_as_a_site_too(handle: str) -> None:
    url = f"https://www.linkedin.com/in/{handle}"
    fields = CardFields(org="X", profiles=(Profile("linkedin", handle, url),))
    back = fields_of(render(contact_of(fields, uid="u", gathering="", note="", met_on=None, now=NOW)))
    assert (back.profiles, back.urls) == (fields.profiles, (url,))
