"""Which letter a touch asks for."""

from service.domain.ties.touch import Kind, Lane, Reason, Touch

_OPEN_OFFER = "open_offer"


def letter_of(touch: Touch) -> str:
    """The name of the letter; the coffee offered to a silent card is an open offer, with no day in it."""
    if touch.kind is Kind.COFFEE and (touch.lane is Lane.TRY or touch.why.reason is Reason.SILENT):
        return _OPEN_OFFER
    return touch.kind.value.replace(" ", "_")
