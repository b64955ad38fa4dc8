"""The links of a mail: a GET shows what it would do, and only the press of its button does it; nobody signs in."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from flask import Blueprint, render_template, request
from flask_babel import gettext as _

from service.domain.entering.signed import Signed, read
from service.domain.errors import BadValue, NotFound
from service.domain.people.vcard import fields_of
from service.domain.reaching.mail_links import Act
from service.domain.ties.act import ActSource
from service.storage import accounts
from service.storage.database import Transaction
from service.storage.following import policies, touches
from service.storage.following.planning import PLANNED
from service.storage.following.touches import KeptTouch
from service.storage.people import contacts
from service.storage.reaching import mail_settings, signed_links
from service.web.pages.following.tie_wording import title_of
from service.web.parts import parts
from service.web.security import csrf

links = Blueprint("links", __name__)

_ADDRESS = "/links/<any(done, later, skip, stop):act>/<token>"


@links.get(_ADDRESS)
def offer(act: str, token: str) -> str:
    """Show the button. Programs that open links before people do change nothing."""
    link, owner = _read(act, token)
    with parts().db.reading() as tx:
        accounts.get(tx, owner=owner)
        kept = _planned(tx, owner, link)
        settled = signed_links.spent(tx, owner=owner, link=link) or (act != Act.STOP and kept is None)
        title = title_of(kept.touch.kind, _name(tx, owner, kept)) if kept and not settled else ""
        first = policies.today(tx, owner=owner) + timedelta(days=1)
        last = first + timedelta(days=policies.of(tx, owner=owner).account.policy.postpone_days - 1)
    days = (first.isoformat(), last.isoformat())
    return render_template("reaching/link.html", act=act, title=title, settled=settled, days=days)


@links.post(_ADDRESS)
def use(act: str, token: str) -> str:
    """Do it once. The link itself is the proof: it was signed for this alone, and no cookie counts."""
    link, owner = _read(act, token)
    with parts().db.transaction() as tx:
        accounts.get(tx, owner=owner)
        # Mailboxes may press "stop" twice, and are told the same; a link that was used stops nothing anew.
        if act != Act.STOP or not signed_links.spent(tx, owner=owner, link=link):
            signed_links.spend(tx, owner=owner, link=link)
            said = _DO[Act(act)](tx, owner, link)
        else:
            said = _stopped()
    return render_template("reaching/link_done.html", said=said)


csrf.exempt(use)


def _read(act: str, token: str) -> tuple[Signed, str]:
    """The link, and whose it is."""
    link = read(parts().config.signing_keys, Act(act).purpose, token, now=datetime.now(UTC))
    return link, str(link.values["owner"])


def _planned(tx: Transaction, owner: str, link: Signed) -> KeptTouch | None:
    try:
        kept = touches.get(tx, owner=owner, id=str(link.values.get("touch", "")))
    except NotFound:
        return None
    return kept if kept.state == PLANNED else None


def _name(tx: Transaction, owner: str, kept: KeptTouch) -> str:
    return fields_of(contacts.get(tx, owner=owner, id=kept.contact_id).vcard).shown_as


def _done(tx: Transaction, owner: str, link: Signed) -> str:
    done = touches.done(tx, owner=owner, id=str(link.values["touch"]), source=ActSource.MAIL_LINK)
    return str(_("Written down.") if done.first else _("It was done already."))


def _later(tx: Transaction, owner: str, link: Signed) -> str:
    text = request.form.get("day", "")
    try:
        day = date.fromisoformat(text) if text else policies.today(tx, owner=owner) + timedelta(days=1)
    except ValueError:
        raise BadValue("day", "This is no day. Choose one from the calendar.") from None
    touches.postpone(tx, owner=owner, id=str(link.values["touch"]), day=day, source=ActSource.MAIL_LINK)
    return str(_("Put on another day."))


def _skip(tx: Transaction, owner: str, link: Signed) -> str:
    touches.skip(tx, owner=owner, id=str(link.values["touch"]), source=ActSource.MAIL_LINK)
    return str(_("Not this one, then."))


def _stop(tx: Transaction, owner: str, _link: Signed) -> str:
    mail_settings.stop_digest(tx, owner=owner)
    return _stopped()


def _stopped() -> str:
    return str(_("No more of these mails will come. You can have them again in the settings."))


_DO: dict[Act, Callable[[Transaction, str, Signed], str]] = {
    Act.DONE: _done,
    Act.LATER: _later,
    Act.SKIP: _skip,
    Act.STOP: _stop,
}
