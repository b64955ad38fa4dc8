"""Clients and referrals: who sent whom, whether they were thanked, what came of it, and who may be asked."""

from decimal import Decimal
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from service.domain.errors import BadValue
from service.storage.database import Transaction
from service.storage.following import policies, referrals, sought, ties, weeks
from service.storage.people import contacts
from service.storage.people.which import Which
from service.web.identity import account, signed_in
from service.web.pages.following.referrals_view import People, chain_shown, shown
from service.web.pages.following.ties import day_given, undo_at
from service.web.pages.following.worth_view import money
from service.web.pages.telling import tell
from service.web.parts import parts

referred = Blueprint("referrals", __name__)

_DOORS = 10
_FOUND = 20


@referred.get("/referrals")
@signed_in
def page() -> str:
    with parts().db.reading() as tx:
        owner = account().id
        today = policies.today(tx, owner=owner)
        listed = referrals.page(tx, owner=owner, after=request.args.get("after") or None)
        sent_by = referrals.sent_by(tx, owner=owner)
        total = referrals.totals(tx, owner=owner)
        doors = [_person(tx, id_) for id_ in weeks.open_doors(tx, owner=owner, limit=_DOORS)]
        return render_template(
            "following/referrals.html",
            rows=[shown(tx, one, sent_by, today) for one in listed.rows],
            next=listed.next,
            total=_total(total),
            doors=doors,
            sought=sought.latest(tx, owner=owner),
        )


@referred.get("/referrals/new")
@signed_in
def new() -> str:
    """Who sent somebody (`from`, a contact), then whom: somebody of the drawer, or somebody new."""
    query = request.args.get("q", "").strip()
    with parts().db.reading() as tx:
        giver = _giver(tx)
        found = contacts.page(tx, owner=account().id, which=Which(query=query), limit=_FOUND).rows if query else []
        people = [_person(tx, one.id) for one in found if giver is None or one.id != giver.id]
        today = policies.today(tx, owner=account().id)
    return render_template(
        "following/referral_new.html", giver=giver, people=people, query=query, today=today.isoformat()
    )


@referred.post("/referrals")
@signed_in
def log() -> Response:
    form = request.form
    with parts().db.transaction() as tx:
        known = ties.of_contact(tx, owner=account().id, contact_id=form.get("from", ""))
        giver = known.tie.id if known else ties.begin(tx, owner=account().id, contact_id=form.get("from", ""))
        named = {name: form.get(name, "") for name in ("name", "org", "phone", "mail")}
        person = form.get("person") or referrals.new_person(tx, owner=account().id, **named)
        made = referrals.log(tx, owner=account().id, tie_id=giver, contact_id=person, day=day_given("day"))
    text = _("Written down: %(name)s sent you %(who)s. Thank them tomorrow.", name=made.name, who=made.referred_name)
    tell(text, undo=undo_at(made.act_id, url_for("pages.referrals.page")))
    return redirect(url_for("pages.referrals.page"), 303)


@referred.post("/referrals/<uuid:id>/client")
@signed_in
def client(id: UUID) -> Response:  # noqa: A002 - the name in the address
    with parts().db.transaction() as tx:
        one = referrals.get(tx, owner=account().id, id=str(id))
        value = _cents(request.form.get("value", ""))
        act = referrals.became_client(tx, owner=account().id, tie_id=one.referred_id, value_cents=value)
    text = _("%(name)s is a client now. Let %(who)s know.", name=one.referred_name, who=one.name)
    tell(text, undo=undo_at(act.id, url_for("pages.referrals.page")))
    return redirect(url_for("pages.referrals.page"), 303)


def came_of(contact_id: str) -> object:
    """For a contact's page: through whom they came, and whom they sent; None where there is neither."""
    with parts().db.reading() as tx:
        return chain_shown(tx, owner=account().id, contact_id=contact_id)


def asked_before() -> list[str]:
    """Whom one asked others about, to be offered again."""
    with parts().db.reading() as tx:
        return sought.latest(tx, owner=account().id)


def _giver(tx: Transaction) -> People | None:
    id_ = request.args.get("from", "")
    return _person(tx, id_) if id_ else None


def _person(tx: Transaction, contact_id: str) -> People:
    contact = contacts.get(tx, owner=account().id, id=contact_id)
    about = ", ".join(part for part in (contact.title, contact.org if contact.name else "") if part)
    return People(contact.id, contact.name or contact.org, about)


def _total(total: referrals.Totals) -> str:
    if not total.referrals and not total.clients:
        return ""
    sent = ngettext("%(num)d referral", "%(num)d referrals", total.referrals)
    won = ngettext("%(num)d client", "%(num)d clients", total.clients)
    return " · ".join([str(sent), str(won), *([money(total.value_cents)] if total.value_cents else [])])


def _cents(text: str) -> int | None:
    """An amount as people write it: 1200, 1.200,50 or 1,200.50; None for nothing written."""
    signs = "".join(text.split()).replace("€", "")
    if not signs:
        return None
    whole, mark, rest = signs.rpartition("," if signs.rfind(",") > signs.rfind(".") else ".")
    if mark and len(rest) == 3 and whole:  # a mark of thousands
        whole, rest = signs, ""
    digits = (whole if mark else signs).replace(".", "").replace(",", "") + (f".{rest}" if rest and mark else "")
    try:
        cents = Decimal(digits) * 100
    except ArithmeticError:  # no number, or one beyond all numbers
        raise BadValue("value", "Write an amount of money, such as 1200 or 1200.50.") from None
    if not cents.is_finite() or not 0 <= cents <= referrals.MOST_CENTS:
        raise BadValue("value", "Write an amount of money, such as 1200 or 1200.50.")
    return int(cents)
