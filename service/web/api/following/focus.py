"""The three over HTTP: who they are, seen this week or not, and another one in the place of one of them."""

from uuid import UUID

from service.storage.database import Transaction
from service.storage.following import focus, policies, ties
from service.web.api.document import refusals
from service.web.api.doors import noun, owner
from service.web.api.shapes.act import TieActAnswer
from service.web.api.shapes.focus import ChooseGiven, FocusAnswer, NearAnswer
from service.web.parts import parts

bp = noun("focus", about="The three who matter most.")


@bp.get("/focus")
@bp.output(FocusAnswer)
def list_three() -> FocusAnswer:
    """List the three, with what each brought and was given."""
    with parts().db.reading() as tx:
        return _three(tx)


@bp.post("/focus")
@bp.input(ChooseGiven, arg_name="given")
@bp.output(FocusAnswer)
@bp.doc(responses=refusals(_409="They are three already: say instead of whom."))
def choose(given: ChooseGiven) -> FocusAnswer:
    """Make a contact one of the three."""
    with parts().db.transaction() as tx:
        tie_id = ties.begin(tx, owner=owner(), contact_id=str(given.contact))
        instead = str(given.instead_of) if given.instead_of else ""
        focus.choose(tx, owner=owner(), tie_id=tie_id, instead_of=instead)
        return _three(tx)


@bp.post("/focus/<uuid:tie_id>/seen")
@bp.output(TieActAnswer)
def see(tie_id: UUID) -> TieActAnswer:
    """Say that you saw each other today."""
    with parts().db.transaction() as tx:
        return TieActAnswer.of(focus.see(tx, owner=owner(), tie_id=str(tie_id)))


def _three(tx: Transaction) -> FocusAnswer:
    most = policies.of(tx, owner=owner()).account.policy.inner_at_most
    return FocusAnswer(near=[NearAnswer.of(one) for one in focus.three(tx, owner=owner())], at_most=most)
