"""The record: what is written into it, by whom it is read, what it does not keep, and when it is forgotten."""

from datetime import timedelta

import pytest
from apiflask import APIFlask
from sqlalchemy import update

from service.storage import accounts
from service.storage.accounts import Account
from service.storage.entering import record
from service.storage.entering.entering_tables import record as rows
from service.storage.entering.record import What
from service.storage.moment import now
from service.web.parts import Parts
from service.web.recording import network_of
from tests.pages.coming_in import browser, let_time_pass, lines, post, signed_in
from tests.pages.keeping import Keeper

PAGE = "/settings/access"


@pytest.fixture
def found(app: APIFlask) -> Parts:
    parts: Parts = app.extensions["undrawer"]
    return parts


def test_sign_ins_good_and_bad_are_written_down(app: APIFlask, found: Parts, ana: Account) -> None:
    client = browser(app)
    wrong = {"email": "ana@example.com", "password": "not this one"}
    for _ in range(3):
        assert post(client, "/sign-in", form="/sign-in", **wrong).status_code == 401
    assert post(client, "/sign-in", form="/sign-in", **{**wrong, "password": "cien tarjetas"}).status_code == 303
    with found.db.reading() as tx:
        good, bad = record.page(tx, owner=ana.id).rows
    assert (good.what, good.detail, good.device, good.place) == (
        What.SIGNED_IN,
        "password",
        "Linux, Firefox",
        "203.0.113.0/24",
    )
    assert (bad.what, bad.times) == (What.REFUSED, 3)
    shown = client.get(f"{PAGE}/record").text
    assert "Sign-in refused, 3 times" in shown
    assert "203.0.113.77" not in shown


def test_an_address_that_nobody_has_is_told_to_the_owner_of_the_installation(
    app: APIFlask, found: Parts, ana: Account
) -> None:
    with found.db.transaction() as tx:
        bruno = accounts.create(tx, name="Bruno Lima", email="bruno@example.com")
    post(browser(app), "/sign-in", form="/sign-in", email="nobody@example.com", password="whatever it is")
    assert lines(found, ana) == [What.UNKNOWN_REFUSED]
    assert lines(found, bruno) == []
    with found.db.reading() as tx:
        assert "nobody@example.com" not in str(tx.execute(rows.select()).all())


def test_keys_exports_and_erasing_are_written_down(app: APIFlask, found: Parts, ana: Account, keeper: Keeper) -> None:
    keeper.write("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:a\r\nFN:Lucía Soto\r\nN:Soto;Lucía;;;\r\nEND:VCARD\r\n")
    client = signed_in(app, found, ana)
    post(client, f"{PAGE}/keys", form=PAGE, name="backup script", days="30")
    post(client, f"{PAGE}/pair", form=PAGE)
    post(client, "/settings/address-book", form="/settings/address-book", name="Tablet")
    for path in ("/contacts.vcf", "/account.zip"):
        assert client.get(path, buffered=True).status_code == 200
    with found.db.reading() as tx:
        said = {line.what: line.detail for line in record.page(tx, owner=ana.id).rows}
    assert said[What.KEY_MADE] == "backup script"
    assert {What.PAIRED, What.APP_PASSWORD_MADE, What.EXPORTED, What.ALL_EXPORTED, What.SIGNED_IN} <= set(said)
    assert "Soto" not in str(said)


@pytest.mark.parametrize(
    ("client", "name", "nombre"),
    [
        ("v4", "vCard 4.0", "vCard 4.0"),
        ("google-csv", "Google Contacts, as a table", "Contactos de Google, como tabla"),
        ("apple", "iPhone, iPad, Mac", "iPhone, iPad, Mac"),
    ],
)
def test_for_whom_contacts_were_taken_away_is_said_in_words(
    app: APIFlask, found: Parts, ana: Account, client: str, name: str, nombre: str
) -> None:
    there = signed_in(app, found, ana)
    assert there.get(f"/contacts.vcf?client={client}", buffered=True).status_code == 200
    for language, said in (("en-GB", name), ("es-ES", nombre)):
        shown = there.get(f"{PAGE}/record", headers={"Accept-Language": language}).text
        assert f"· {said} ·" in shown
        assert f"· {client} ·" not in shown


def test_what_is_old_is_forgotten(found: Parts, ana: Account) -> None:
    with found.db.transaction() as tx:
        record.write(tx, What.SIGNED_IN, owner=ana.id)
        tx.execute(update(rows).values(at=now() - timedelta(days=91)))
        record.write(tx, What.EXPORTED, owner=ana.id)
        record.forget_old(tx, days=90)
    assert lines(found, ana) == [What.EXPORTED]


def test_only_the_network_of_an_address_is_kept() -> None:
    assert network_of("203.0.113.77") == "203.0.113.0/24"
    assert network_of("2001:db8:1234:5678::9") == "2001:db8:1234::/48"
    assert network_of("::ffff:203.0.113.77") == "203.0.113.0/24"
    assert network_of("unix:") == ""


@pytest.mark.parametrize(
    ("path", "form"),
    [
        (f"{PAGE}/keys", PAGE),
        (f"{PAGE}/passkeys/question", PAGE),
        (f"{PAGE}/second", PAGE),
        ("/settings/address-book", "/settings/address-book"),
        ("/settings/invitations", "/settings/invitations"),
        ("/feed", "/feed"),
        ("/privacy/account", "/privacy"),
    ],
)
def test_an_old_sign_in_makes_no_keys_and_erases_nothing(
    app: APIFlask, found: Parts, ana: Account, path: str, form: str
) -> None:
    client = signed_in(app, found, ana)
    let_time_pass(found, minutes=16)
    answer = post(client, path, form=form, name="x", sure="yes")
    assert answer.status_code == 303
    assert answer.location.startswith("/settings/access/prove?next=")
    page = answer.location
    wrong = post(client, "/settings/access/prove", form=page, password="not this one")
    assert wrong.status_code == 401
    assert post(client, "/settings/access/prove", form=page, password="cien tarjetas", next=form).location == form
    assert post(client, path, form=form, name="x").location != page


def test_a_browser_that_says_nonsense_about_where_it_comes_from_is_asked_too(
    app: APIFlask, found: Parts, ana: Account
) -> None:
    client = signed_in(app, found, ana)
    let_time_pass(found, minutes=16)
    client.environ_base["HTTP_REFERER"] = "http://[x"
    answer = post(client, f"{PAGE}/keys", form=PAGE, name="x")
    assert answer.location.startswith("/settings/access/prove?next=")


def test_a_device_that_was_let_in_by_another_has_not_shown_that_it_is_its_owner(
    app: APIFlask, found: Parts, ana: Account
) -> None:
    laptop = signed_in(app, found, ana)
    let_time_pass(found, minutes=16)
    shown = post(laptop, f"{PAGE}/pair", form=PAGE).text
    link = shown[shown.index("/sign-in/") :].split("<")[0]
    phone = browser(app)
    assert post(phone, link, form=link).status_code == 303
    assert post(phone, f"{PAGE}/keys", form=PAGE, name="x").location.startswith("/settings/access/prove")
    assert phone.get("/contacts").status_code == 200
