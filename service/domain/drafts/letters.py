"""Which letter a touch asks for."""

from service.domain.ties.touch import Kind, Lane, Reason, Touch

_OPEN_OFFER = "open_offer"
_SENT = "sent"
_THANK_FOR_COMING = "thank_for_coming"
_OF_INTRODUCTIONS = {
    Reason.THEY_NEED: "introduce",
    Reason.THEY_CAN_HELP: "introduce_second",
    Reason.BOTH_YES: "introduction",
    Reason.SAID_NO: "introduction_declined",
    Reason.GIVEN_UP: "introduction_declined",
}


def letter_of(touch: Touch) -> str:
    """The name of the letter; the coffee offered to a silent card is an open offer, with no day in it."""
    if touch.why.reason is Reason.CAME:
        return _THANK_FOR_COMING
    if touch.why.reason in _OF_INTRODUCTIONS:
        return _OF_INTRODUCTIONS[touch.why.reason]
    if touch.why.reason is Reason.SENT:
        return _SENT
    if touch.kind is Kind.COFFEE and (touch.lane is Lane.TRY or touch.why.reason is Reason.SILENT):
        return _OPEN_OFFER
    return touch.kind.value.replace(" ", "_")
