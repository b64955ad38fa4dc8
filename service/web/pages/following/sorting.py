"""The old cards of a fair on one screen, to be kept in mind or let go."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response

from service.storage.following import policies
from service.storage.following import sorting as kept
from service.storage.following.sorting import Unsorted
from service.web.identity import account, signed_in
from service.web.pages.language import month
from service.web.pages.telling import tell
from service.web.parts import parts

sorting = Blueprint("sorting", __name__)

_ANSWERS = {"star": "star", "let_go": "let go"}


@dataclass(frozen=True, slots=True)
class SortRow:
    tie_id: str
    contact_id: str
    name: str
    about: str


@sorting.get("/sorting")
@signed_in
def page() -> str:
    """A handful at a time, so that it is soon done; `?all` shows as many as one screen can hold."""
    with parts().db.reading() as tx:
        handful = policies.of(tx, owner=account().id).account.policy.sort_at_most
        most = kept.AT_ONCE if "all" in request.args else min(handful, kept.AT_ONCE)
        rows = kept.waiting(tx, owner=account().id, limit=most)
        count = kept.count(tx, owner=account().id)
    return render_template("following/sorting.html", rows=[_row(one) for one in rows], count=count, most=kept.AT_ONCE)


@sorting.post("/sorting")
@signed_in
def save() -> Response:
    """Those without an answer stay for another time."""
    answers = {
        name.removeprefix("tie-"): _ANSWERS[answer]
        for name, answer in request.form.items()
        if name.startswith("tie-") and answer in _ANSWERS
    }
    with parts().db.transaction() as tx:
        count = kept.sort(tx, owner=account().id, answers=answers)
        left = kept.count(tx, owner=account().id)
    tell(ngettext("%(num)d card sorted.", "%(num)d cards sorted.", count))
    return redirect(url_for("pages.sorting.page" if left else "pages.today.page"), 303)


def _row(one: Unsorted) -> SortRow:
    about = " · ".join(part for part in (one.org, one.gathering, month(one.begun_on)) if part)
    return SortRow(one.tie_id, one.contact_id, one.name or one.org, about)
