"""The page of one invitation, for the guest who holds its link: the day, the place, and yes, no or perhaps.

Nobody is signed in here. Looking changes nothing and leaves no cookie; the link itself is the proof, so the form has
no token. The page says nothing of any other guest, not even how many there are.
"""

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from service.domain.errors import BadValue, Conflict, LinkRefused, NotFound, UndrawerError
from service.domain.gatherings.event import event_of
from service.domain.people.vcard import fields_of
from service.domain.reaching.calendar import Person, calendar
from service.domain.ties.account import zone_of
from service.drafting import first_name
from service.storage.following import policies
from service.storage.meeting import answering as kept
from service.storage.meeting.answering import Invitation
from service.web.invitation_links import opened_by, who
from service.web.pages.meeting.gathering_wording import near_day, when
from service.web.pages.meeting.gatherings import calendar_file
from service.web.parts import parts
from service.web.security import csrf

answering = Blueprint("answering", __name__)

_GONE = 410
_NOT_FOUND = 404
_KINDLY = (LinkRefused, NotFound, Conflict)


@answering.get("/i/<token>")
def page(token: str) -> Response:
    try:
        with parts().db.reading() as tx:
            invitation = opened_by(tx, token)
    except _KINDLY as refused:
        return _closed(refused)
    return _page(token, invitation)


@answering.post("/i/<token>")
def answer(token: str) -> Response:
    """Keep the answer and show it; the same again changes nothing."""
    try:
        guest_id, secret = who(token)
        said, brings = request.form.get("answer", ""), request.form.get("brings", "")
        with parts().db.transaction() as tx:
            kept.answer(tx, guest_id=guest_id, secret=secret, reply=said, brings=brings)
    except BadValue:
        return redirect(url_for("pages.answering.page", token=token), 303)
    except _KINDLY as refused:
        return _closed(refused)
    return redirect(url_for("pages.answering.page", token=token, thanks=1), 303)


@answering.get("/i/<token>/invitation.ics")
def file(token: str) -> Response:
    """The event for the guest's own calendar."""
    try:
        with parts().db.reading() as tx:
            invitation = opened_by(tx, token)
            zone = zone_of(policies.of(tx, owner=invitation.owner).account.zone)
    except _KINDLY as refused:
        return _closed(refused)
    host = Person(invitation.host, invitation.host_mail) if invitation.host_mail else None
    return _private(calendar_file(calendar([event_of(invitation.gathering, zone, organiser=host)])))


# The link is the proof: a form that carries it cannot be made by anybody else, and the guest has no session.
csrf.exempt(answer)


def _page(token: str, invitation: Invitation) -> Response:
    gathering, guest = invitation.gathering, invitation.guest
    closed = invitation.over or gathering.cancelled
    shown = render_template(
        "meeting/invitation.html",
        token=token,
        host=invitation.host.partition(" ")[0],
        host_name=invitation.host,
        guest=guest,
        guest_name=first_name(fields_of(guest.vcard)),
        gathering=gathering,
        when=when(gathering),
        reply_by=near_day(gathering.reply_by) if gathering.reply_by else "",
        closed=closed,
        thanked="thanks" in request.args and bool(guest.answer),
    )
    return _private(make_response(shown))


def _closed(refused: UndrawerError) -> Response:
    """A kind page that tells nobody what there is or was."""
    late = refused.code in ("link_expired", "gathering_closed", "answered_too_often")
    shown = render_template("meeting/invitation_closed.html", code=refused.code)
    return _private(make_response(shown, _GONE if late else _NOT_FOUND))


def _private(response: Response) -> Response:
    """The address is a secret: no other site, cache or search engine shall learn it."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.cache_control.no_store = True
    return response
