"""What the screens say of introductions; English here, other languages in translations/."""

from typing import Any

from flask_babel import lazy_gettext as _

from service.domain.introductions.course import Course, Step
from service.domain.people.contact import CardFields
from service.domain.ties.act import Act, ActType
from service.domain.ties.introduction import CameOf, Said, introduction_of, is_asking, is_outcome, is_telling
from service.domain.ties.touch import Reason, Touch
from service.drafting import first_name
from service.storage.people.counterparts import Counterpart

SAID = {
    Said.YES: _("Said yes"),
    Said.LATER: _("Said: later"),
    Said.NO: _("Said no"),
    Said.SILENT: _("Did not answer"),
}

ANSWERS = {
    Said.YES: _("Yes, gladly"),
    Said.LATER: _("Some other time"),
    Said.NO: _("No"),
    Said.SILENT: _("No answer"),
}

OUTCOMES = {
    CameOf.TALKED: _("They talked"),
    CameOf.WORK_TOGETHER: _("They work together"),
    CameOf.NOTHING: _("Nothing came of it"),
    CameOf.UNKNOWN: _("I don't know"),
}

STEPS = {
    Step.ASK: _("%(turn)s is to be asked"),
    Step.WAIT: _("%(turn)s was asked"),
    Step.LATER: _("%(turn)s said: later"),
    Step.READY: _("Two yeses: introduce them"),
    Step.TELL: _("%(yes)s is owed a kind word"),
    Step.MADE: _("Introduced"),
    Step.DECLINED: _("It was not to be"),
    Step.DROPPED: _("Given up"),
}
"""`turn` is the first name of who is asked now, `yes` of who had said yes."""

NEXT: dict[Step, tuple[Any, Any, Any]] = {
    Step.ASK: (_("Ask %(turn)s."), "", _("Write to %(turn)s")),
    Step.WAIT: (_("What did %(turn)s say?"), _("There is no hurry: you are reminded."), ""),
    Step.LATER: (_("%(turn)s would rather wait."), "", ""),
    Step.READY: (_("Both said yes. Introduce them."), _("One message to both."), _("Write the introduction")),
    Step.TELL: (
        _("%(yes)s had said yes: a kind word."),
        _("It is nobody's fault that it was not to be."),
        _("Write to %(yes)s"),
    ),
    Step.MADE: (_("What came of it?"), _("Introduced: %(day)s."), ""),
    Step.DECLINED: (_("It was not to be this time."), _("Nobody was named."), ""),
    Step.DROPPED: (_("You gave it up."), "", ""),
}
"""`turn` is who is asked now, `yes` who had said yes."""

TITLES = {
    Reason.THEY_NEED: _("Ask %(name)s: an introduction?"),
    Reason.THEY_CAN_HELP: _("Ask %(name)s: an introduction?"),
    Reason.BOTH_YES: _("Introduce %(name)s and %(other)s"),
    Reason.SAID_NO: _("A kind word to %(name)s"),
    Reason.GIVEN_UP: _("A kind word to %(name)s"),
}

ERRORS = (
    _("Ask first, and say so; then tell what came back."),
    _("Choose somebody else: nobody needs an introduction to himself."),
    _("It was made already. Say what came of it instead."),
    _("It was not made yet. Introduce them first."),
    _("One of the two rests or was let go. Take that one up again first."),
    _("Somebody was asked already. Give it up instead."),
    _("There is no such introduction."),
    _("These two have their introduction already. Look at it."),
    _("This is no time of day. Write it as 17:30."),
)
"""What errors about introductions say on a page, named here so that they are translated with the rest."""


def introduction_title(touch: Touch, fields: CardFields, far: Counterpart) -> str:
    """What is to be done, in a few words. To the user both are named."""
    title = TITLES.get(touch.why.reason, TITLES[Reason.THEY_NEED])
    return str(title) % {"name": first_name(fields), "other": first_name(far.fields)}


def step_text(course: Course, names: dict[str, str]) -> str:
    """How far it has come; `names` by side."""
    if course.step is Step.MADE and course.outcome:
        return str(OUTCOMES[course.outcome]) if course.outcome is not CameOf.UNKNOWN else str(STEPS[Step.MADE])
    yes = next((names[side] for side in ("a", "b") if course.said[side] is Said.YES), "")
    return str(STEPS[course.step]) % {"turn": names[course.turn], "yes": yes}


def introduction_text(act: Act) -> str:
    """What an act was to an introduction, in a few words; "" for any other act."""
    if act.type is ActType.NOTED and is_outcome(act.cause):
        return str(OUTCOMES[CameOf(act.text)]) if act.text in list(CameOf) else ""
    if act.type is ActType.ANSWERED and act.reason in list(Said):
        return str(SAID[Said(act.reason)])
    if act.type is not ActType.DID or not introduction_of(act.cause):
        return ""
    if is_asking(act.cause):
        return str(_("Asked about an introduction"))
    return str(_("A kind word about an introduction") if is_telling(act.cause) else _("Introduced"))
