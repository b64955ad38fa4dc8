"""The three: seen this week or not, what each brought and was given, what comes next, and who they are."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from service.domain.errors import BadValue
from service.domain.ties.act import Act
from service.storage.database import Transaction
from service.storage.following import focus, policies, ties, touches
from service.storage.following.focus import Near
from service.storage.people import contacts
from service.storage.people.which import Which
from service.web.identity import account, signed_in
from service.web.pages.following.referrals_view import People
from service.web.pages.following.tie_wording import KINDS, act_text
from service.web.pages.following.ties import undo_at
from service.web.pages.following.worth_view import money
from service.web.pages.language import soon
from service.web.pages.telling import tell
from service.web.parts import parts

three = Blueprint("focus", __name__)

_LINES = 4
_FOUND = 10


@dataclass(frozen=True, slots=True)
class NearShown:
    """One of the three; `gave` is what the user gave them, `brought` what came back, latest first."""

    tie_id: str
    contact_id: str
    name: str
    seen: str
    gave: tuple[str, ...]
    brought: tuple[str, ...]
    value: str
    next: str
    next_at: str


@three.get("/focus")
@signed_in
def page() -> str:
    owner, query = account().id, request.args.get("q", "").strip()
    with parts().db.reading() as tx:
        today = policies.today(tx, owner=owner)
        most = policies.of(tx, owner=owner).account.policy.inner_at_most
        found = focus.three(tx, owner=owner)
        inside = {one.history.contact_id for one in found}
        searched = contacts.page(tx, owner=owner, which=Which(query=query), limit=_FOUND).rows if query else []
        offered = [one.id for one in searched] if query else focus.offered(tx, owner=owner)
        return render_template(
            "following/focus.html",
            near=[_shown(tx, one, today) for one in found],
            offered=[_person(tx, id_) for id_ in offered if id_ not in inside],
            full=len(found) >= most,
            most=most,
            query=query,
        )


@three.post("/focus/<uuid:id>")
@signed_in
def act(id: UUID) -> Response:  # noqa: A002 - the name in the address
    """Seen this week, or no longer one of the three; `id` is the tie."""
    name = request.form.get("act", "")
    with parts().db.transaction() as tx:
        tie_id = ties.get(tx, owner=account().id, id=str(id)).tie.id
        if name == "seen":
            done = focus.see(tx, owner=account().id, tie_id=tie_id)
            tell(_("Seen this week."), undo=undo_at(done.id, url_for("pages.focus.page")))
        elif name == "leave":
            focus.leave(tx, owner=account().id, tie_id=tie_id)
            tell(_("Moved to the close ones."))
        else:
            raise BadValue("act", "The page is out of date. Load it again.")
    return redirect(url_for("pages.focus.page"), 303)


@three.post("/focus")
@signed_in
def choose() -> Response:
    """Make a contact one of the three, instead of another where they are three."""
    with parts().db.transaction() as tx:
        contact = contacts.get(tx, owner=account().id, id=request.form.get("contact", ""))
        tie_id = ties.begin(tx, owner=account().id, contact_id=contact.id)
        focus.choose(tx, owner=account().id, tie_id=tie_id, instead_of=request.form.get("instead", ""))
    tell(_("%(name)s is one of your three.", name=contact.name or contact.org))
    return redirect(url_for("pages.focus.page"), 303)


def _shown(tx: Transaction, one: Near, today: date) -> NearShown:
    contact = contacts.get(tx, owner=account().id, id=one.history.contact_id)
    planned = touches.of_tie(tx, owner=account().id, tie_id=one.history.tie.id)[:1]
    return NearShown(
        tie_id=one.history.tie.id,
        contact_id=contact.id,
        name=contact.name or contact.org,
        seen=soon(one.seen.day, today) if one.seen else "",
        gave=_lines(one.ledger.gave, today),
        brought=_lines(one.ledger.received, today),
        value=money(one.ledger.value_cents) if one.ledger.value_cents else "",
        next="".join(f"{KINDS[kept.touch.kind]}, {soon(max(kept.touch.day, today), today)}" for kept in planned),
        next_at="".join(url_for("pages.today.page", touch=kept.id) for kept in planned),
    )


def _lines(acts: tuple[Act, ...], today: date) -> tuple[str, ...]:
    told = (
        f"{act_text(act)}{f' ({act.text})' if _short(act) else ''}, {soon(act.day, today)}" for act in reversed(acts)
    )
    return tuple(told)[:_LINES]


def _short(act: Act) -> bool:
    """The text of a gift says whom or what; that of a message is the message."""
    return bool(act.text and act.gift)


def _person(tx: Transaction, contact_id: str) -> People:
    contact = contacts.get(tx, owner=account().id, id=contact_id)
    about = ", ".join(part for part in (contact.title, contact.org if contact.name else "") if part)
    return People(contact.id, contact.name or contact.org, about)
