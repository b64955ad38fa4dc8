"""The record of who signed in and of what was taken away, for its owner."""

from flask import Blueprint, render_template, request

from service.domain.ties.account import zone_of
from service.storage.entering import record
from service.storage.following import policies
from service.web.identity import account, signed_in
from service.web.pages.entering.record_wording import said
from service.web.parts import parts

history = Blueprint("record", __name__)

LINES = 50


@history.get("/settings/access/record")
@signed_in
def page() -> str:
    with parts().db.reading() as tx:
        found = record.page(tx, owner=account().id, after=request.args.get("after") or None, limit=LINES)
        zone = zone_of(policies.of(tx, owner=account().id).account.zone)
    lines = [said(line, zone) for line in found.rows]
    return render_template("entering/record.html", lines=lines, next=found.next, days=parts().config.record_days)
