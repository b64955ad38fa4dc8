"""The outbox: what was sent, what is going out, what failed and why, and what would have been sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from service.domain.errors import BadValue
from service.domain.reaching.mail import UNDER_WAY, MailState
from service.storage.following import sent_touches
from service.storage.reaching import mail_settings, outgoing
from service.storage.reaching.mail_settings import MailSettings
from service.storage.reaching.outgoing import Outgoing
from service.web.identity import account, signed_in
from service.web.pages.language import day, inside
from service.web.pages.reaching.mail_wording import KINDS, reason_of, state_of
from service.web.pages.telling import tell
from service.web.parts import parts

outbox = Blueprint("outbox", __name__)


@dataclass(frozen=True, slots=True)
class ShownMail:
    """A mail in words. `troubled` is what a person should look at; the rest goes by itself."""

    id: str
    kind: str
    subject: str
    who: str
    to: str
    text: str
    state: str
    reason: str
    reply: str
    when: str
    under_way: bool
    troubled: bool
    may_send: bool
    may_withdraw: bool
    may_say_sent: bool


def shown(mail: Outgoing) -> ShownMail:
    return ShownMail(
        id=mail.id,
        kind=str(KINDS.get(mail.kind, KINDS["touch"])),
        subject=mail.subject,
        who=mail.to_name or mail.to,
        to=f"{mail.to_name} <{mail.to}>" if mail.to_name and mail.to else mail.to,
        text=mail.text,
        state=state_of(mail),
        reason=reason_of(mail),
        reply=mail.reply if mail.state is not MailState.SENT else "",
        when=day(mail.created_at),
        under_way=_on_its_way(mail),
        troubled=mail.state in (MailState.FAILED, MailState.PERHAPS),
        may_send=mail.state in (MailState.FAILED, MailState.PERHAPS, MailState.KEPT)
        or (mail.state is MailState.WAITING and mail.tries > 0),
        may_withdraw=mail.state in (MailState.WAITING, MailState.FAILED, MailState.PERHAPS),
        may_say_sent=mail.state is MailState.PERHAPS,
    )


def _on_its_way(mail: Outgoing) -> bool:
    """Whether it is worth waiting for: one that was refused for now takes its time."""
    return mail.state in UNDER_WAY and not (mail.state is MailState.WAITING and mail.tries)


def _under_way(mails: Iterable[Outgoing], own: MailSettings) -> bool:
    return own.rings(datetime.now(UTC)) or any(map(_on_its_way, mails))


@outbox.get("/outbox")
@signed_in
def listing() -> str:
    with parts().db.reading() as tx:
        page = outgoing.page(tx, owner=account().id, after=request.args.get("after"))
        own = mail_settings.of(tx, owner=account().id)
    has_server, is_newest = bool(parts().config.mail_server or own.host), "after" not in request.args
    return render_template(
        "reaching/outbox.html",
        mails=[shown(mail) for mail in page.rows],
        next=page.next,
        has_server=has_server,
        writes=own.rings(datetime.now(UTC)) and is_newest,
        under_way=_under_way(page.rows, own) and is_newest,
        to=own.to or account().email if has_server else "",
    )


@outbox.get("/outbox/state")
@signed_in
def states() -> dict[str, bool]:
    """Whether a digest is being written or a mail is on its way, for a page that waits."""
    with parts().db.reading() as tx:
        page = outgoing.page(tx, owner=account().id)
        own = mail_settings.of(tx, owner=account().id)
    return {"under_way": _under_way(page.rows, own)}


@outbox.get("/outbox/<uuid:id>")
@signed_in
def page(id: UUID) -> str:  # noqa: A002 - the name in the address
    with parts().db.reading() as tx:
        mail = outgoing.get(tx, owner=account().id, id=str(id))
    return render_template("reaching/outbox_mail.html", mail=shown(mail))


@outbox.get("/outbox/<uuid:id>/state")
@signed_in
def state(id: UUID) -> dict[str, bool]:  # noqa: A002 - the name in the address
    """Whether it is still on its way, for a page that waits."""
    with parts().db.reading() as tx:
        mail = outgoing.get(tx, owner=account().id, id=str(id))
    return {"under_way": _on_its_way(mail)}


@outbox.post("/outbox/<uuid:id>")
@signed_in
def act(id: UUID) -> Response:  # noqa: A002 - the name in the address
    """Send it after all, call it back, or say that it was sent; and go back to where the button was."""
    name = request.form.get("act", "")
    if name not in {"again", "withdraw", "was_sent"}:
        raise BadValue("act", "The page is out of date. Load it again.")
    with parts().db.transaction() as tx:
        if name == "again":
            outgoing.again(tx, owner=account().id, id=str(id))
        elif name == "withdraw":
            outgoing.withdraw(tx, owner=account().id, id=str(id))
        else:
            mail = outgoing.was_sent(tx, owner=account().id, id=str(id))
            if mail.touch_id:
                sent_touches.did(tx, mail)
    if name == "again":
        parts().queue.ring("send_mail", str(id))
    tell({"again": _("It is being sent."), "withdraw": _("Called back."), "was_sent": _("Written down.")}[name])
    return redirect(inside(request.args.get("back", url_for("pages.outbox.page", id=id))), 303)
