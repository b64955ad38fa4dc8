"""How the installation is, over HTTP, for its owner."""

from service.web import keeping_running
from service.web.api.document import refusals
from service.web.api.doors import noun
from service.web.api.shapes.status import AgainAnswer, StatusAnswer

bp = noun("installation", about="How the installation is; only its first account may ask.")

_OTHERS = refusals(_404="Who asks does not own the installation.")


@bp.get("/status")
@bp.output(StatusAnswer)
@bp.doc(responses=_OTHERS)
def get_status() -> StatusAnswer:
    """Say how the installation is: parts, queue, disk, last backup, failed photos."""
    return StatusAnswer.of(keeping_running.how_it_is())


@bp.post("/status/try-again")
@bp.output(AgainAnswer, status_code=202, description="They will be read.")
@bp.doc(responses=_OTHERS)
def try_failed_again() -> AgainAnswer:
    """Have photos of all accounts read again that failed because the machine was too busy or stood still."""
    return AgainAnswer(photos=keeping_running.try_all_again())
