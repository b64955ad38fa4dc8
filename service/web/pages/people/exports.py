"""Contacts taken away: for which address book, what it would lose, and the file."""

from uuid import UUID

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from service.domain.exports.client import Client, client_of
from service.storage.people import contacts as kept_contacts
from service.storage.people.which import MOST_IDS, Which
from service.web.identity import account, signed_in
from service.web.pages.people.drawer import args_of, asked
from service.web.pages.people.export_wording import CLIENTS, lost
from service.web.parts import parts
from service.web.taking_away import asked_client, preview, sent, sent_alone

exports = Blueprint("exports", __name__)


@exports.get("/export")
@signed_in
def listing() -> str:
    """Where they shall go: the address book of the device that asks comes first."""
    here = client_of(request.user_agent.string)
    clients = sorted(CLIENTS.items(), key=lambda pair: pair[0] is not here)
    return render_template("people/export.html", clients=clients, here=here, number=_number(), args=_args())


@exports.get("/export/<client>")
@signed_in
def client(client: str) -> str:
    """What would be lost there, and the file."""
    if client not in list(Client):
        abort(404)
    chosen = Client(client)
    losses = [lost(loss, number) for loss, number in preview(account().id, _which(), chosen).items()]
    name, how = CLIENTS[chosen]
    return render_template(
        "people/export_client.html", chosen=chosen, name=name, how=how, losses=losses, number=_number(), args=_args()
    )


@exports.get("/contacts.vcf")
@signed_in
def every() -> Response:
    """All contacts, or those that the address asks for, in one file."""
    return sent(account().id, _which(), asked_client(request.args.get("client", "")))


@exports.get("/contacts/<uuid:id>.vcf")
@signed_in
def one(id: UUID) -> Response | Answer:  # noqa: A002 - the name in the address
    """One contact for the address book of the device that asks, or of the client that is named."""
    chosen = asked_client(request.args.get("client", ""))
    with parts().db.reading() as tx:
        kept = kept_contacts.get(tx, owner=account().id, id=str(id))
    if chosen.is_table:
        return redirect(url_for("pages.exports.every", id=kept.id, client=chosen))
    return sent_alone(kept, chosen)


def _which() -> Which:
    narrowed = asked()
    ids = tuple(request.args.getlist("id")[:MOST_IDS])
    return Which(
        query=narrowed.query,
        gathering_id=narrowed.gathering_id,
        circle=narrowed.circle,
        stage=narrowed.stage,
        undecided=narrowed.undecided,
        ids=ids,
    )


def _args() -> dict[str, str | list[str]]:
    ids = list(_which().ids)
    return {**args_of(_which()), **({"id": ids} if ids else {})}


def _number() -> int:
    with parts().db.reading() as tx:
        return kept_contacts.count(tx, owner=account().id, which=_which())
