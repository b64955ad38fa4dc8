"""One mail given to servers of every temper, and what is told of it."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from service.domain.errors import BadValue
from service.domain.reaching.mail import Mail, MailState, Security, Server
from tests.mail.servers import PASSWORD, USER, Postbox, Silent, certificate, check, listening, serving
from workers.delivery import smtp
from workers.delivery.message import message_of
from workers.delivery.smtp import deliver

AT = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
MAIL = Mail(
    sender="ana@example.com",
    sender_name="Ana Torres Muñoz",
    to="nuria@filtros.example",
    to_name="Nuria Vidal",
    subject="Nos vimos en la Cámara",
    text="Hola, Nuria:\n\nMe quedé con ganas de seguir charlando.\n.\nUn saludo,\nAna\n",
    message_id="<one@example.com>",
    at=AT,
)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "PATIENCE_SECONDS", 20)


@pytest.fixture
def box() -> Iterator[Postbox]:
    with listening(Postbox()) as made:
        yield made


def tell(server: Server, mail: Mail = MAIL) -> tuple[str, str]:
    outcome = deliver(server, message_of(mail), about_to=lambda: True)
    return outcome.state.value, outcome.reason


def test_a_mail_arrives_as_it_was_written(box: Postbox) -> None:
    assert tell(box.server()) == ("sent", "")
    (taken,) = box.taken
    assert (taken["Message-ID"], taken["Date"].datetime, taken["Subject"]) == ("<one@example.com>", AT, MAIL.subject)
    (sender,), (to,) = taken["From"].addresses, taken["To"].addresses
    assert (sender.display_name, sender.addr_spec) == ("Ana Torres Muñoz", "ana@example.com")
    assert (to.display_name, to.addr_spec) == ("Nuria Vidal", "nuria@filtros.example")
    assert taken.get_content_type() == "text/plain"
    assert taken.get_content().replace("\r\n", "\n") == MAIL.text
    assert "Reply-To" not in taken
    assert taken.defects == []


def test_all_that_goes_over_the_wire_is_ascii_in_short_lines_with_both_ends(box: Postbox) -> None:
    tell(box.server())
    (raw,) = box.raw
    assert raw.isascii()
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")
    assert max(map(len, raw.split(b"\r\n"))) <= 998


def test_a_digest_has_both_forms_and_a_way_out_by_one_click() -> None:
    stop = "https://cards.example.org/links/stop/" + "a" * 300
    changed = {"html": "<p>Añádelo</p>", "unsubscribe": stop, "reply_to": "ana@home.example"}
    raw = message_of(Mail(**{**{name: getattr(MAIL, name) for name in MAIL.__slots__}, **changed})).as_bytes()
    read = message_from_bytes(raw, policy=policy.default)
    assert [part.get_content_type() for part in read.iter_parts()] == ["text/plain", "text/html"]
    assert read["List-Unsubscribe"] == f"<{stop}>"
    assert f"<{stop}>".encode() in raw, "an address in pieces is followed by nobody"
    assert read["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert read["Reply-To"].addresses[0].addr_spec == "ana@home.example"


def test_a_calendar_file_goes_along() -> None:
    raw = message_of(Mail(**{**{n: getattr(MAIL, n) for n in MAIL.__slots__}, "ics": "BEGIN:VCALENDAR\r\n"})).as_bytes()
    read = message_from_bytes(raw, policy=policy.default)
    (attached,) = read.iter_attachments()
    assert (attached.get_content_type(), attached.get_filename()) == ("text/calendar", "undrawer.ics")


WRONG = ("", "nuria", "nuria@", "a@b.es, c@d.es", "a@b.es\nBcc: c@d.es", "<a@b.es>", "a b@c.es", "a@b.es>", "ñ@b.es")


@pytest.mark.parametrize("address", WRONG)
def test_what_is_no_address_is_written_to_by_nobody(address: str) -> None:
    with pytest.raises(BadValue, match="no mail address"):
        message_of(Mail(**{**{name: getattr(MAIL, name) for name in MAIL.__slots__}, "to": address}))


def test_a_name_cannot_add_a_header() -> None:
    changed = {"to_name": "Nuria\r\nBcc: x@y.es", "sender_name": 'Ana "la de" Torres, Vidal'}
    message = message_of(Mail(**{**{name: getattr(MAIL, name) for name in MAIL.__slots__}, **changed}))
    read = message_from_bytes(message.as_bytes(), policy=policy.default)
    assert "Bcc" not in read
    assert read["From"].addresses[0].display_name == 'Ana "la de" Torres, Vidal'


@pytest.mark.parametrize(
    ("where", "answer", "told"),
    [
        ("rcpt", "450 4.2.0 greylisted", ("waiting", "refused_for_now")),
        ("rcpt", "550 5.1.1 nobody of that name", ("failed", "refused")),
        ("data", "451 4.3.0 later", ("waiting", "refused_for_now")),
        ("data", "554 5.7.1 not wanted", ("failed", "refused")),
        ("data", "421 4.3.2 closing", ("waiting", "refused_for_now")),
    ],
)
def test_not_now_and_never_are_told_apart(where: str, answer: str, told: tuple[str, str]) -> None:
    box = Postbox(rcpt=answer) if where == "rcpt" else Postbox(data=answer)
    with listening(box):
        outcome = deliver(box.server(), message_of(MAIL), about_to=lambda: True)
    assert (outcome.state.value, outcome.reason) == told
    assert outcome.reply == answer


def test_a_server_that_stalls_before_it_was_given_anything_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "PATIENCE_SECONDS", 0.3)
    with serving(Silent) as port:
        assert tell(Server("127.0.0.1", port, Security.NONE)) == ("waiting", "unreachable")
    with listening(Postbox(stall="rcpt")) as box:
        assert tell(box.server()) == ("waiting", "unreachable")


def test_a_server_that_stalls_after_it_was_given_all_may_have_sent_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "ANSWER_SECONDS", 0.5)
    with listening(Postbox(stall="data")) as box:
        assert tell(box.server()) == ("perhaps", "no_answer")


def test_nobody_there_is_tried_again() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        assert tell(Server("127.0.0.1", taken.getsockname()[1], Security.NONE)) == ("waiting", "unreachable")
    assert tell(Server("mail.invalid", 25, Security.NONE)) == ("waiting", "unreachable")


def test_what_is_called_off_at_the_last_moment_is_not_handed_over(box: Postbox) -> None:
    assert deliver(box.server(), message_of(MAIL), about_to=lambda: False).state is MailState.WAITING
    assert box.taken == []


def test_a_password_goes_over_tls_begun_by_starttls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, context = certificate(tmp_path)
    how: dict[str, Any] = {
        "tls_context": context,
        "require_starttls": True,
        "authenticator": check,
        "auth_required": True,
    }
    with listening(Postbox(), **how) as box:
        stranger = box.server(Security.STARTTLS, USER, PASSWORD)
        assert tell(stranger) == ("waiting", "not_secure"), "a certificate that nobody vouches for"
        monkeypatch.setenv("SSL_CERT_FILE", str(path))
        assert tell(stranger) == ("sent", "")
        assert tell(box.server(Security.STARTTLS, USER, "wrong")) == ("failed", "wrong_password")
    assert len(box.taken) == 1


def test_a_server_that_speaks_tls_from_the_first_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, context = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    with listening(Postbox(), tls=context) as box:
        assert tell(box.server(Security.TLS)) == ("sent", "")


def test_nothing_goes_in_the_clear_where_that_was_not_allowed(box: Postbox) -> None:
    assert tell(box.server(Security.STARTTLS)) == ("waiting", "not_secure")
    assert tell(box.server(Security.TLS)) == ("waiting", "not_secure")
    assert box.taken == []
