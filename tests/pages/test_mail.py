"""Mail on a phone: one's own server, a draft sent from one's own address, the outbox, and the links of a digest."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from service.config import Config
from service.domain.reaching.mail_links import Act, link
from service.domain.ties.act import ActType
from service.storage.following import ties, touches
from service.storage.reaching import mail_settings, outgoing
from service.web.parts import Parts
from tests.mail.servers import Postbox, listening
from tests.pages.conftest import Enter, Visit
from tests.pages.keeping import Keeper
from tests.pages.test_looks import faults_in_both_lights
from tests.pages.test_today import Days, days, met, parts
from workers import jobs

__all__ = ["days", "parts"]

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def environment(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have jobs of this process use the test's own data."""
    monkeypatch.setenv("UNDRAWER_DATA", str(config.data))
    monkeypatch.setenv("UNDRAWER_REDIS_URL", config.redis_url)
    monkeypatch.setenv("UNDRAWER_DATABASE_URL", config.database_url)


@pytest.fixture
def box() -> Iterator[Postbox]:
    with listening(Postbox()) as made:
        yield made


def work(parts: Parts, enter: Enter) -> None:
    """Do what a worker does: send all that waits."""
    with parts.db.reading() as tx:
        waiting = [mail.id for mail in outgoing.page(tx, owner=enter.ana.id).rows]
    for id_ in waiting:
        jobs.send_mail(id_)


def own_server(parts: Parts, enter: Enter, box: Postbox) -> None:
    said = {"host": "127.0.0.1", "port": str(box.port), "security": "none", "username": "", "password": ""}
    with parts.db.transaction() as tx:
        mail_settings.set_server(tx, owner=enter.ana.id, from_address="ana@casa.example", **said)


def texts_sent(parts: Parts, enter: Enter, contact: str) -> list[str]:
    with parts.db.reading() as tx:
        tie = ties.of_contact(tx, owner=enter.ana.id, contact_id=contact)
        assert tie is not None
        return [act.text for act in tie.acts if act.type is ActType.DID]


WORDS = {
    "es-ES": {
        "try": "Guardar y escribirme a mí",
        "sent": "Enviado",
        "send": "Enviar desde ana@casa.example",
        "on_its_way": "De camino a Nerea",
        "nothing": "Hoy, nada",
        "subject": "Asunto del correo",
    },
    "en-GB": {
        "try": "Save and write to myself",
        "sent": "Sent",
        "send": "Send from ana@casa.example",
        "on_its_way": "On its way to Nerea",
        "nothing": "Nothing today",
        "subject": "Subject of the mail",
    },
}


@pytest.mark.parametrize("language", ["es-ES", "en-GB"])
def test_from_the_settings_to_a_message_in_ones_own_name(
    enter: Enter, keeper: Keeper, parts: Parts, days: Days, box: Postbox, language: str
) -> None:
    said = WORDS[language]
    contact = met(keeper, parts, enter, days)
    days.forward(1)
    page = enter("/settings/mail", language=language)
    page.locator("[name=from_address]").fill("ana@casa.example")
    page.locator("[name=host]").fill("127.0.0.1")
    page.locator("[name=port]").fill(str(box.port))
    page.locator("[name=security]").select_option("none")
    page.get_by_role("button", name=said["try"]).click()
    expect(page.locator("[data-on-its-way]")).to_be_visible()
    work(parts, enter)
    # The page looks by itself what became of it.
    expect(page.locator("#server [role=status]")).to_contain_text(said["sent"])
    assert box.taken[0]["To"].addresses[0].addr_spec == "ana@casa.example"

    page.goto("/today")
    page.get_by_label(said["subject"]).fill("Lo de la mudanza")
    page.locator("[data-draft]").fill("Hola, Nerea:\n\n¿Cómo fue?\n\nAna")
    page.get_by_role("button", name=said["send"]).click()
    expect(page.get_by_text(said["on_its_way"])).to_be_visible()
    expect(page.locator("[data-on-its-way]")).to_be_visible()
    assert texts_sent(parts, enter, contact) == []
    work(parts, enter)
    expect(page.get_by_role("heading", name=said["nothing"])).to_be_visible()
    mail = box.taken[1]
    assert (mail["Subject"], mail["From"].addresses[0].addr_spec) == ("Lo de la mudanza", "ana@casa.example")
    assert mail.get_content().replace("\r\n", "\n") == "Hola, Nerea:\n\n¿Cómo fue?\n\nAna\n"
    assert texts_sent(parts, enter, contact) == ["Hola, Nerea:\n\n¿Cómo fue?\n\nAna\n"]
    page.goto("/outbox")
    expect(page.get_by_role("link", name="Lo de la mudanza")).to_contain_text(said["sent"])
    page.goto(f"/contacts/{contact}")
    page.locator(".said summary").click()
    expect(page.locator(".said p")).to_have_text("Hola, Nerea:\n\n¿Cómo fue?\n\nAna\n")


def test_without_script_it_goes_too_and_a_refusal_is_told_where_it_was_sent(
    enter: Enter, keeper: Keeper, parts: Parts, days: Days, box: Postbox
) -> None:
    met(keeper, parts, enter, days)
    days.forward(1)
    own_server(parts, enter, box)
    box.rcpt = "550 5.1.1 nobody of that name"
    page = enter("/today", script=False)
    page.get_by_role("button", name="Send from").click()
    expect(page.locator("[data-on-its-way]")).to_contain_text("On its way")
    work(parts, enter)
    page.goto("/today")
    refusal = page.get_by_role("status").filter(has_text="The server will not take it.")
    expect(refusal).to_contain_text("550 5.1.1 nobody of that name")
    page.goto("/ties")
    expect(page.get_by_role("link", name="Outbox")).to_contain_text("1 not sent")
    box.rcpt = ""
    page.goto("/today")
    page.get_by_role("button", name="Send it again").click()
    work(parts, enter)
    page.goto("/today")
    expect(page.get_by_role("heading", name="Nothing today")).to_be_visible()
    assert len(box.taken) == 1


def test_a_draft_with_a_gap_or_without_a_subject_is_not_sent(
    enter: Enter, keeper: Keeper, parts: Parts, days: Days, box: Postbox
) -> None:
    met(keeper, parts, enter, days)
    days.forward(1)
    own_server(parts, enter, box)
    page = enter("/today")
    page.locator("[data-draft]").fill("Hola, Nerea: te mando …")
    page.get_by_role("button", name="Send from").click()
    expect(page.get_by_text("There is a gap in the text")).to_be_visible()
    expect(page.locator("[data-draft]")).to_have_value("Hola, Nerea: te mando …")
    page.locator("[data-draft]").fill("Hola, Nerea: te mando el plano.")
    page.get_by_label("Subject of the mail").fill("")
    page.get_by_role("button", name="Send from").click()
    expect(page.get_by_text("Write a subject before you send it.")).to_be_visible()
    expect(page.locator("[data-draft]")).to_have_value("Hola, Nerea: te mando el plano.")
    work(parts, enter)
    assert box.taken == []


def test_what_perhaps_was_sent_waits_for_a_word(
    enter: Enter, keeper: Keeper, parts: Parts, days: Days, box: Postbox
) -> None:
    contact = met(keeper, parts, enter, days)
    days.forward(1)
    own_server(parts, enter, box)
    page = enter("/today")
    page.get_by_role("button", name="Send from").click()
    expect(page.locator("[data-on-its-way]")).to_be_visible()
    with parts.db.transaction() as tx:
        (mail,) = outgoing.page(tx, owner=enter.ana.id).rows
        outgoing.claim(tx, mail.id)
        outgoing.hand_over(tx, id=mail.id)
        outgoing.CLAIMS.let_go(tx, id=mail.id, tries=1, reason="")
    expect(page.get_by_text("Perhaps sent")).to_be_visible()
    expect(page.get_by_text("Look into your sent mail before you send it again.")).to_be_visible()
    page.get_by_role("button", name="It was sent").click()
    expect(page.get_by_role("heading", name="Nothing today")).to_be_visible()
    assert len(texts_sent(parts, enter, contact)) == 1
    assert box.taken == []


def test_without_a_server_the_outbox_shows_what_would_have_been_sent(
    enter: Enter, keeper: Keeper, parts: Parts, days: Days
) -> None:
    met(keeper, parts, enter, days)
    days.forward(1)
    page = enter("/settings/mail", language="es-ES")
    page.get_by_role("button", name="Escríbeme uno ahora").click()
    expect(page.get_by_text("Se está escribiendo tu resumen. En un momento lo tienes aquí.")).to_be_visible()
    expect(page.get_by_text("Esto es lo que se habría enviado.")).to_be_visible()
    jobs.write_digest(enter.ana.id)
    work(parts, enter)
    # The page looks by itself whether it is there.
    page.get_by_role("link", name="Tu semana: una persona").click()
    expect(page.locator(".letter")).to_contain_text("Escribe a Nerea Urrutia Landa")
    expect(page.get_by_text("No hay ningún servidor de correo, así que se queda aquí.")).to_be_visible()


def follow(visit: Visit, page: Page, parts: Parts, values: dict[str, str], act: Act) -> None:
    page.goto(visit.address + link("", parts.config.signing_keys, act, values, at=datetime.now(UTC)))


def test_a_link_of_a_digest_on_a_phone_where_nobody_is_signed_in(
    enter: Enter, keeper: Keeper, parts: Parts, days: Days, visit: Visit
) -> None:
    met(keeper, parts, enter, days)
    days.forward(1)
    with parts.db.reading() as tx:
        (kept,) = touches.on(tx, owner=enter.ana.id, day=days.day)
    page = visit.open(language="es-ES")
    values, faults = {"owner": enter.ana.id, "touch": kept.id}, []
    for act in Act:
        follow(visit, page, parts, values, act)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        faults += faults_in_both_lights(page)
    follow(visit, page, parts, values, Act.DONE)
    page.locator("main form button").click()
    expect(page.get_by_role("heading", name="Apuntado.")).to_be_visible()
    faults += faults_in_both_lights(page)
    assert faults == []
    with parts.db.reading() as tx:
        assert touches.get(tx, owner=enter.ana.id, id=kept.id).state == "done"


def test_the_digest_itself_is_calm_by_day_and_night(
    enter: Enter, keeper: Keeper, parts: Parts, days: Days, visit: Visit
) -> None:
    """Its HTML alone, as a mail program shows it: nothing is fetched, nothing is wider than the phone."""
    met(keeper, parts, enter, days)
    days.forward(1)
    with parts.db.transaction() as tx:
        mail_settings.ring_now(tx, owner=enter.ana.id, at=datetime.now(UTC))
    jobs.write_digest(enter.ana.id)
    with parts.db.reading() as tx:
        (mail,) = outgoing.page(tx, owner=enter.ana.id).rows
    page = visit.open()
    page.set_content(mail.html)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.get_by_role("heading", name="Write to Nerea Urrutia Landa")).to_be_visible()
    assert faults_in_both_lights(page) == []
