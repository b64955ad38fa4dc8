"""Joining: by an invitation, by mail where the door is open, and links by mail; nobody learns who has an account."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from apiflask import APIFlask
from sqlalchemy import select, update

from service.config import Config
from service.storage import accounts
from service.storage.accounts import Account
from service.storage.entering import invitations
from service.storage.entering.entering_tables import invitations as invitation_rows
from service.storage.entering.entering_tables import knocks
from service.storage.moment import now
from service.web.parts import Parts
from tests.mail.servers import Postbox, listening
from tests.pages.coming_in import browser, post, signed_in
from workers import jobs

NEW = {"name": "Carla Ríos", "email": "carla@example.com", "password": "una agenda nueva"}


@pytest.fixture
def box() -> Iterator[Postbox]:
    with listening(Postbox()) as made:
        yield made


@pytest.fixture(params=["open"])
def config(config: Config, box: Postbox, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Config:
    """Say to the application and to the worker that the door is open."""
    monkeypatch.setenv("UNDRAWER_DATA", str(config.data))
    monkeypatch.setenv("UNDRAWER_REDIS_URL", config.redis_url)
    monkeypatch.setenv("UNDRAWER_DATABASE_URL", config.database_url)
    monkeypatch.setenv("UNDRAWER_SMTP_URL", box.url())
    monkeypatch.setenv("UNDRAWER_MAIL_FROM", "undrawer@cards.example")
    monkeypatch.setenv("UNDRAWER_SIGN_UP", request.param)
    return Config.from_env()


@pytest.fixture
def found(app: APIFlask) -> Parts:
    parts: Parts = app.extensions["undrawer"]
    return parts


def answer_all(found: Parts) -> None:
    """Do what the worker does."""
    with found.db.reading() as tx:
        waiting = tx.execute(select(knocks.c.id)).scalars().all()
    for id_ in waiting:
        jobs.answer_knock(id_)


def link_in(box: Postbox) -> str:
    written = box.taken[-1].get_content()
    link = re.search(r"https?://[^/]+(/\S+)", written)
    assert link, written
    return link[1]


def test_an_invitation_makes_one_account(app: APIFlask, found: Parts, ana: Account) -> None:
    owner = signed_in(app, found, ana)
    shown = post(owner, "/settings/invitations", form="/settings/invitations", name="Carla", email="").text
    link = re.search(r"/join/[\w-]+", shown)
    assert link
    assert "<svg" in shown
    client = browser(app)
    assert post(client, link[0], form=link[0], **NEW).status_code == 303
    assert client.get("/contacts").status_code == 200
    assert browser(app).get(link[0]).status_code == 410
    assert client.get("/settings/invitations").status_code == 404  # she is not the owner of the installation
    with found.db.reading() as tx:
        assert str(link[0].rpartition("/")[2]) not in str(tx.execute(select(invitation_rows)).all())


def test_an_invitation_ends_is_taken_back_and_keeps_its_address(app: APIFlask, found: Parts, ana: Account) -> None:
    with found.db.transaction() as tx:
        old = invitations.make(tx, owner=ana.id)
        tx.execute(update(invitation_rows).values(expires_at=now() - timedelta(seconds=1)))
        gone = invitations.make(tx, owner=ana.id)
        invitations.take_back(tx, owner=ana.id, id=invitations.of(tx, owner=ana.id)[0].id)
        for_carla = invitations.make(tx, owner=ana.id, email="Carla@Example.com")
    for secret in (old, gone, "no-such-one"):
        assert browser(app).get(f"/join/{secret}").status_code == 410
    client = browser(app)
    post(client, f"/join/{for_carla}", form=f"/join/{for_carla}", **{**NEW, "email": "somebody@example.com"})
    with found.db.reading() as tx:
        made = accounts.by_email(tx, "carla@example.com")
        assert made
        assert accounts.email_proved(tx, owner=made.id)
        assert accounts.by_email(tx, "somebody@example.com") is None


def test_trying_addresses_with_an_invitation_ends_soon(app: APIFlask, found: Parts, ana: Account) -> None:
    with found.db.transaction() as tx:
        link = f"/join/{invitations.make(tx, owner=ana.id)}"
    client = browser(app)
    tried = [post(client, link, form=link, **{**NEW, "email": "ana@example.com"}).status_code for _ in range(12)]
    assert tried == [409] * 10 + [429] * 2


@pytest.mark.parametrize("config", ["closed"], indirect=True)
def test_a_closed_door_has_no_handle(app: APIFlask, found: Parts, ana: Account) -> None:
    with found.db.transaction() as tx:
        link = f"/join/{invitations.make(tx, owner=ana.id)}"
    for path in ("/sign-up", "/sign-up/x"):
        assert browser(app).get(path).status_code == 404
    assert browser(app).get(link).status_code == 410
    assert signed_in(app, found, ana).get("/settings/invitations").status_code == 404


def test_a_mail_leads_to_an_account_once(app: APIFlask, found: Parts, ana: Account, box: Postbox) -> None:
    client = browser(app)
    post(client, "/sign-up", form="/sign-up", email="Carla@example.com")
    answer_all(found)
    assert box.taken[0]["To"] == "carla@example.com"
    link = link_in(box)
    assert post(client, link, form=link, name="Carla Ríos").status_code == 303
    assert client.get("/contacts").status_code == 200
    with found.db.reading() as tx:
        made = accounts.by_email(tx, "carla@example.com")
        assert made
        assert accounts.email_proved(tx, owner=made.id)
        assert tx.execute(select(knocks)).all() == []
    again = browser(app)
    assert post(again, link, form=link, name="Carla Ríos").status_code in {409, 410}


def test_a_mail_leads_to_no_second_account_once_the_first_has_another_address(
    app: APIFlask, found: Parts, ana: Account, box: Postbox
) -> None:
    client = browser(app)
    post(client, "/sign-up", form="/sign-up", email="carla@example.com")
    post(client, "/sign-up", form="/sign-up", email="carla@example.com")
    answer_all(found)
    links = [re.search(r"/sign-up/\S+", mail.get_content()) for mail in box.taken]
    first, second = (link[0] for link in links if link)
    assert post(client, first, form=first, name="").status_code == 422  # nothing is used up by a mistake
    assert post(client, first, form=first, name="Carla Ríos").status_code == 303
    with found.db.transaction() as tx:
        made = accounts.by_email(tx, "carla@example.com")
        assert made
        accounts.set_email(tx, owner=made.id, email="another@example.com")
    for link in (first, second):
        assert post(browser(app), link, form=link, name="Carla Ríos").status_code == 410
    with found.db.reading() as tx:
        assert accounts.by_email(tx, "carla@example.com") is None


def test_nobody_learns_who_has_an_account(app: APIFlask, found: Parts, ana: Account, box: Postbox) -> None:
    answers = []
    for path, email in (("/sign-up", "ana@example.com"), ("/sign-up", "carla@example.com")):
        client = browser(app)
        sent = post(client, path, form=path, email=email)
        answers.append((sent.status_code, sent.location, re.sub(r'value="[^"]+"', "", client.get("/sign-in").text)))
    assert answers[0] == answers[1]
    with found.db.reading() as tx:
        kept = str(tx.execute(select(knocks)).all())
    assert "example.com" not in kept
    answer_all(found)
    assert sorted(str(mail["To"]) for mail in box.taken) == ["ana@example.com", "carla@example.com"]
    links = sorted(re.findall(r"/(sign-in|sign-up)/", "".join(mail.get_content() for mail in box.taken)))
    assert links == ["sign-in", "sign-up"]


def test_a_link_by_mail_signs_in_and_a_stranger_gets_none(
    app: APIFlask, found: Parts, ana: Account, box: Postbox
) -> None:
    client = browser(app)
    told = [post(client, "/sign-in/link", form="/sign-in", email=who).location for who in ("x@example.com", ana.email)]
    assert told == ["/sign-in"] * 2
    answer_all(found)
    assert [str(mail["To"]) for mail in box.taken] == ["ana@example.com"]
    link = link_in(box)
    assert post(client, link, form=link).status_code == 303
    assert client.get("/contacts").status_code == 200
    with found.db.reading() as tx:
        assert accounts.email_proved(tx, owner=ana.id)


def test_a_link_that_is_on_its_way_proves_no_other_address(
    app: APIFlask, found: Parts, ana: Account, box: Postbox
) -> None:
    client = signed_in(app, found, ana)
    post(browser(app), "/sign-in/link", form="/sign-in", email=ana.email)
    answer_all(found)
    changed = {"email": "carla@example.com", "old": "cien tarjetas", "new": "mil tarjetas"}
    assert post(client, "/settings/access/password", form="/settings/access", **changed).status_code == 303
    link = link_in(box)
    assert post(browser(app), link, form=link).status_code == 401
    with found.db.reading() as tx:
        assert not accounts.email_proved(tx, owner=ana.id)


def test_whoever_made_an_account_with_the_address_of_somebody_else_does_not_share_it(
    app: APIFlask, found: Parts, ana: Account, box: Postbox
) -> None:
    with found.db.transaction() as tx:
        invitation = f"/join/{invitations.make(tx, owner=ana.id)}"
    thief, carla = browser(app), browser(app)
    assert post(thief, invitation, form=invitation, **NEW).status_code == 303
    made = post(thief, "/settings/access/keys", form="/settings/access", name="script").text
    key = re.search(r'class="secret">([\w-]{43})<', made)
    assert key
    post(carla, "/sign-in/link", form="/sign-in", email=NEW["email"])
    answer_all(found)
    link = link_in(box)
    assert "All that opens this account until now ends" in carla.get(link).text
    assert thief.get("/contacts").status_code == 200  # looking changes nothing
    assert post(carla, link, form=link).status_code == 303
    page = carla.get("/settings/access").text
    assert "What opened this account before has ended" in page
    assert "Address checked" in page
    assert thief.get("/contacts").status_code == 302
    assert app.test_client().get("/api/v1/contacts", headers={"Authorization": f"Bearer {key[1]}"}).status_code == 401
    wrong = {"email": NEW["email"], "password": NEW["password"]}
    assert post(thief, "/sign-in", form="/sign-in", **wrong).status_code == 401


def test_knocking_ends_soon(app: APIFlask, ana: Account) -> None:
    client = browser(app)
    tried = [post(client, "/sign-in/link", form="/sign-in", email="ana@example.com").status_code for _ in range(12)]
    assert tried == [303] * 10 + [429] * 2


def test_a_mail_server_that_is_away_is_tried_again(app: APIFlask, found: Parts, ana: Account, box: Postbox) -> None:
    box.rcpt = "450 not now"
    post(browser(app), "/sign-in/link", form="/sign-in", email="ana@example.com")
    answer_all(found)
    assert box.taken == []
    box.rcpt = ""
    answer_all(found)
    assert len(box.taken) == 1


def test_the_first_account_of_an_installation_is_its_owners(app: APIFlask, found: Parts, box: Postbox) -> None:
    client = browser(app)
    post(client, "/sign-up", form="/sign-up", email="carla@example.com")
    answer_all(found)
    link = link_in(box)
    assert post(client, link, form=link, name="Carla").status_code == 410
    with found.db.reading() as tx:
        assert accounts.first(tx) is None
