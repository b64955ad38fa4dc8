"""The settings of mail: when the digest comes, and by which server one's own messages go out."""

from datetime import UTC, date, datetime, timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import format_date
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from service.domain.entering.sealed import seal
from service.domain.errors import BadValue
from service.domain.reaching.mail import Route
from service.domain.ties.account import zone_of
from service.storage.database import Transaction
from service.storage.following import policies
from service.storage.reaching import mail_settings as kept
from service.storage.reaching import outgoing
from service.web.identity import account, signed_in
from service.web.pages.language import current, moment, remember
from service.web.pages.reaching.mail_wording import SECURITIES
from service.web.pages.reaching.outbox import shown
from service.web.pages.telling import tell
from service.web.parts import parts

mail_settings = Blueprint("mail_settings", __name__)

_MONDAY = date(2026, 1, 5)
_TRY_OUT = "test"


@mail_settings.get("/settings/mail")
@signed_in
def page() -> str:
    remember(current())
    with parts().db.reading() as tx:
        mail = kept.of(tx, owner=account().id)
        zone = policies.of(tx, owner=account().id).account.zone
        tried = outgoing.newest(tx, owner=account().id, kind=_TRY_OUT)
    rings = (mail.next_at or kept.rings_after(mail, datetime.now(UTC), zone=zone)).astimezone(zone_of(zone))
    return render_template(
        "reaching/mail_settings.html",
        mail=mail,
        address=mail.to or account().email,
        weekdays=[(number, format_date(_MONDAY + timedelta(days=number), "EEEE")) for number in range(7)],
        rings=moment(rings) if mail.weekly or mail.daily else "",
        zone=zone,
        sends=bool(parts().config.mail_server or mail.host),
        securities=[(value.value, str(words)) for value, words in SECURITIES],
        from_address=mail.from_address or account().email,
        tried=shown(tried) if tried else None,
    )


@mail_settings.post("/settings/mail/digest")
@signed_in
def keep_digest() -> Response:
    form = request.form
    try:
        weekday, hour = int(form.get("weekday", "")), int(form.get("hour", ""))
    except ValueError:
        raise BadValue("digest_hour", "Choose a day of the week and a full hour.") from None
    to = form.get("to", "").strip()
    with parts().db.transaction() as tx:
        kept.set_digest(
            tx,
            owner=account().id,
            weekly="weekly" in form,
            daily="daily" in form,
            weekday=weekday,
            hour=hour,
            to="" if to == account().email else to,
        )
        kept.speak(tx, owner=account().id, locale=current())
    tell(_("Saved."))
    return redirect(url_for("pages.mail_settings.page"), 303)


@mail_settings.post("/settings/mail/digest/now")
@signed_in
def digest_now() -> Response:
    """Have one written now, to see what it looks like; the next one comes at its hour."""
    with parts().db.transaction() as tx:
        kept.speak(tx, owner=account().id, locale=current())
        asked = kept.ring_now(tx, owner=account().id, at=datetime.now(UTC))
    if not asked:
        raise BadValue("digest_off", "Turn the digest on first.")
    parts().queue.ring("write_digest", account().id)
    return redirect(url_for("pages.outbox.listing"), 303)


@mail_settings.post("/settings/mail/server")
@signed_in
def keep_server() -> Response:
    """Keep the server, the password encrypted; or have one mail sent to oneself by it, or forget it."""
    name = request.form.get("act", "keep")
    with parts().db.transaction() as tx:
        if name == "forget":
            kept.drop_server(tx, owner=account().id)
        else:
            _keep_server(tx)
        tried = _write_to_myself(tx) if name == "try" else ""
    if tried:
        parts().queue.ring("send_mail", tried)
    tell({"forget": _("Removed."), "try": _("A mail to yourself is on its way.")}.get(name, _("Saved.")))
    return redirect(url_for("pages.mail_settings.page") + "#server", 303)


def _keep_server(tx: Transaction) -> None:
    form, password = request.form, request.form.get("password", "")
    kept.set_server(
        tx,
        owner=account().id,
        host=form.get("host", ""),
        port=form.get("port", ""),
        security=form.get("security", ""),
        username=form.get("username", ""),
        password=seal(parts().config.signing_keys, kept.SEALED_FOR, password) if password else "",
        from_address=form.get("from_address", ""),
    )


def _write_to_myself(tx: Transaction) -> str:
    to = kept.of(tx, owner=account().id).from_address
    said = {
        "subject": _("Undrawer can write in your name"),
        "text": _("This is the mail you asked for. It works.") + "\n",
    }
    key = f"{_TRY_OUT}:{datetime.now(UTC).isoformat()}"
    return outgoing.put(
        tx, owner=account().id, kind=_TRY_OUT, key=key, to=to, to_name=account().name, route=Route.OWN, **said
    )
