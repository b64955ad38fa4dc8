"""The policy over HTTP: every number with its source, zone, quiet days and stretches."""

from uuid import UUID

from service.domain.errors import BadValue
from service.storage.following import policies, whereabouts
from service.web.api.doors import noun, owner
from service.web.api.shapes.policy import PolicyAnswer, PolicyChanges, StayGiven, StretchGiven
from service.web.parts import parts

bp = noun("policy", about="The rules of an account: every number with where it comes from.")


@bp.get("/policy")
@bp.output(PolicyAnswer)
def get_policy() -> PolicyAnswer:
    """Show the rules."""
    with parts().db.reading() as tx:
        return PolicyAnswer.of(policies.of(tx, owner=owner()))


@bp.patch("/policy")
@bp.input(PolicyChanges, arg_name="changes")
@bp.output(PolicyAnswer)
def change_policy(changes: PolicyChanges) -> PolicyAnswer:
    """Change rules; what was planned by the old ones is planned again."""
    said = changes.model_dump(exclude_unset=True)
    if any(value is None for value in said.values()):
        raise BadValue("null", "Leave out what stays as it is.")
    with parts().db.transaction() as tx:
        if "zone" in said:
            policies.set_zone(tx, owner=owner(), zone=said["zone"])
        if "formality" in said:
            policies.set_formality(tx, owner=owner(), formality=said["formality"])
        if "quiet_weekdays" in said:
            policies.set_quiet_weekdays(tx, owner=owner(), weekdays=frozenset(said["quiet_weekdays"]))
        if "numbers" in said:
            policies.set_numbers(tx, owner=owner(), numbers=said["numbers"])
        return PolicyAnswer.of(policies.of(tx, owner=owner()))


@bp.post("/policy/stretches")
@bp.input(StretchGiven, arg_name="given")
@bp.output(PolicyAnswer)
def add_stretch(given: StretchGiven) -> PolicyAnswer:
    """Keep days free; every wait is longer by their length."""
    with parts().db.transaction() as tx:
        policies.add_stretch(tx, owner=owner(), first=given.first, last=given.last)
        return PolicyAnswer.of(policies.of(tx, owner=owner()))


@bp.delete("/policy/stretches/<uuid:stretch_id>")
@bp.output({}, status_code=204, description="It is gone.")
def drop_stretch(stretch_id: UUID) -> str:
    """Give quiet days up."""
    with parts().db.transaction() as tx:
        policies.drop_stretch(tx, owner=owner(), id=str(stretch_id))
    return ""


@bp.post("/policy/towns")
@bp.input(StayGiven, arg_name="given")
@bp.output(PolicyAnswer)
def add_town(given: StayGiven) -> PolicyAnswer:
    """Say where one is at home, or with a day where one will be then: who lives there may be visited."""
    with parts().db.transaction() as tx:
        if given.first is None:
            whereabouts.add_town(tx, owner=owner(), name=given.name)
        else:
            whereabouts.add_stay(tx, owner=owner(), name=given.name, first=given.first, last=given.last)
        return PolicyAnswer.of(policies.of(tx, owner=owner()))


@bp.delete("/policy/towns/<uuid:town_id>")
@bp.output({}, status_code=204, description="It is gone.")
def drop_town(town_id: UUID) -> str:
    """Take a town back."""
    with parts().db.transaction() as tx:
        whereabouts.drop(tx, owner=owner(), id=str(town_id))
    return ""
