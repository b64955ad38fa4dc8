"""The words of gatherings: their kinds, what guests answered, and days as one says them."""

from datetime import date

from flask_babel import format_date
from flask_babel import lazy_gettext as _

from service.domain.gatherings.gathering import Gathering, GatheringKind, Reply
from service.web.pages.language import current

GATHERING_KINDS = {
    GatheringKind.TRAINING: _("Training"),
    GatheringKind.SPONSOR_SALES: _("A sponsor's sales event"),
    GatheringKind.TRADE_FAIR: _("Trade fair"),
    GatheringKind.CHAMBER: _("Chamber of commerce"),
    GatheringKind.OWN: _("One of my own"),
    GatheringKind.DOUBLE_DATE: _("Double date"),
    GatheringKind.OTHER: _("Something else"),
}
REPLIES = {Reply.YES: _("Coming"), Reply.MAYBE: _("Perhaps"), Reply.NO: _("Not coming"), "": _("No answer yet")}
NO_GUESTS = tuple(kind for kind in GatheringKind if kind not in (GatheringKind.OWN, GatheringKind.DOUBLE_DATE))


def long_day(day: date) -> str:
    """Thursday 12 March 2026."""
    said = str(format_date(day, "EEEE d 'de' MMMM 'de' y" if current() == "es" else "EEEE d MMMM y"))
    return said[:1].upper() + said[1:]


def near_day(day: date) -> str:
    """Thursday 12 March, within a sentence."""
    return str(format_date(day, "EEEE d 'de' MMMM" if current() == "es" else "EEEE d MMMM"))


def when(gathering: Gathering) -> str:
    """Its day with its hour, or its days."""
    if gathering.last_day:
        return f"{long_day(gathering.day)} – {format_date(gathering.last_day, 'd MMMM')}"
    return f"{long_day(gathering.day)}, {gathering.begins}" if gathering.begins else long_day(gathering.day)


def kind_name(gathering: Gathering) -> str:
    return str(GATHERING_KINDS[GatheringKind(gathering.kind)]) if gathering.kind else ""
