"""What was typed before the question "Is it you?" is on the form again after it, in no address, and for its writer alone."""

import pytest
from apiflask import APIFlask

from service.storage import accounts
from service.storage.accounts import Account
from service.web.parts import Parts
from tests.pages.coming_in import let_time_pass, post, signed_in

PROVE = "/settings/access/prove"


@pytest.fixture
def found(app: APIFlask) -> Parts:
    parts: Parts = app.extensions["undrawer"]
    return parts


@pytest.mark.parametrize(
    ("path", "form", "typed", "shown"),
    [
        (
            "/settings/invitations",
            "/settings/invitations",
            {"name": "Carla Ñandú", "email": "carla@example.com"},
            ('value="Carla Ñandú"', 'value="carla@example.com"'),
        ),
        (
            "/settings/address-book",
            "/settings/address-book",
            {"name": "My phone", "days": "365"},
            ('value="My phone"', 'value="365" selected'),
        ),
        (
            "/settings/access/keys",
            "/settings/access",
            {"name": "A till", "days": "30", "changes": "on"},
            ('value="A till"', 'value="30" selected', 'name="changes" checked'),
        ),
    ],
)
def test_what_was_typed_is_there_again_once_after_the_question(
    app: APIFlask, found: Parts, ana: Account, path: str, form: str, typed: dict[str, str], shown: tuple[str, ...]
) -> None:
    client = signed_in(app, found, ana)
    let_time_pass(found, minutes=16)
    asked = post(client, path, form=form, **typed)
    assert not any(word in asked.location for word in typed.values())
    assert post(client, PROVE, form=asked.location, password="cien tarjetas", next=form).location == form
    page = client.get(form).text
    assert [words for words in shown if words not in page] == []
    assert shown[0] not in client.get(form).text


def test_it_outlives_a_fresh_sign_in_of_its_writer_and_nobody_elses(app: APIFlask, found: Parts, ana: Account) -> None:
    with found.db.transaction() as tx:
        bea = accounts.create(tx, name="Bea", email="bea@example.com", password="otra agenda más")
    client = signed_in(app, found, ana)
    for who, is_there in ((ana, True), (bea, False)):
        let_time_pass(found, minutes=16)
        post(client, "/settings/address-book", form="/settings/address-book", name="My phone")
        with found.db.transaction() as tx:
            link = f"/sign-in/{accounts.new_sign_in_link(tx, owner=who.id)}"
        post(client, link, form=link)
        assert ("My phone" in client.get("/settings/address-book").text) is is_there
