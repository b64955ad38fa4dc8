"""Reviewing over HTTP: all cards that are sure at once, the way back, and how the account likes to review."""

from dataclasses import asdict, replace
from uuid import UUID

from service.domain.errors import NotFound
from service.storage import preferences
from service.storage.reading import reviewing
from service.web.api.doors import noun, owner
from service.web.api.shapes.reviewing import ActAnswer, PreferencesAnswer, PreferencesGiven, TakenBack
from service.web.parts import parts

bp = noun("reviewing", about="Many cards at once, and how an account likes to review.")


@bp.post("/cards/confirm-sure")
@bp.output(ActAnswer)
def confirm_sure_cards() -> ActAnswer:
    """Make contacts of all cards to review that hold no doubt and are surely not one side of another."""
    with parts().db.transaction() as tx:
        act, chosen = reviewing.confirm_sure(tx, owner=owner())
    return ActAnswer(act=UUID(act), cards=[UUID(card.id) for card in chosen])


@bp.post("/acts/<uuid:act>/take-back")
@bp.output(TakenBack)
def take_act_back(act: UUID) -> TakenBack:
    """Undo an act that confirmed many cards: those of it that are contacts still are to review again."""
    with parts().db.transaction() as tx:
        back = reviewing.take_back_act(tx, owner=owner(), act=str(act))
    if not back:
        raise NotFound("act", "There is no such act, or nothing of it is left to take back.")
    return TakenBack(cards=back)


@bp.get("/settings/review")
@bp.output(PreferencesAnswer)
def get_review_settings() -> PreferencesAnswer:
    """Show how the account likes to review."""
    with parts().db.reading() as tx:
        return PreferencesAnswer(**asdict(preferences.get(tx, owner=owner())))


@bp.patch("/settings/review")
@bp.input(PreferencesGiven, arg_name="given")
@bp.output(PreferencesAnswer)
def change_review_settings(given: PreferencesGiven) -> PreferencesAnswer:
    """Change how the account likes to review; what is left out stays as it is."""
    with parts().db.transaction() as tx:
        now = preferences.get(tx, owner=owner())
        wanted = replace(now, **given.model_dump(exclude_none=True))
        preferences.keep(tx, wanted, owner=owner())
    return PreferencesAnswer(**asdict(wanted))
