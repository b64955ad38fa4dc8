"""The tie on a contact's page: what comes next, how it stands, what is known, and what was between the two."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from service.domain.people.vcard import fields_of
from service.domain.ties.act import Act, ActType
from service.domain.ties.circle import Circle
from service.domain.ties.debts import open_promises
from service.domain.ties.gate import Lack, Missing
from service.domain.ties.gate import missing as missing_of
from service.domain.ties.introducing import carried_by
from service.domain.ties.introduction import introduction_of, is_outcome, speaks_of_introducing
from service.domain.ties.ledger import ledger
from service.domain.ties.outlook import Outlook, outlook_of
from service.domain.ties.rest import is_let_go
from service.domain.ties.standing import Standing
from service.domain.ties.story import Story, read
from service.drafting import first_name, words_for
from service.storage.database import Transaction
from service.storage.following import policies, ties, touches
from service.storage.following.history import History
from service.storage.following.touches import KeptTouch
from service.storage.people import contacts
from service.storage.people.counterparts import counterpart_of
from service.web.identity import account
from service.web.pages.following.asking import AskedNow, question_of
from service.web.pages.following.tie_wording import (
    CIRCLES,
    KINDS,
    LACKS,
    LOGS,
    NOTE_KINDS,
    STAGES,
    STANDINGS,
    WARMTHS,
    act_text,
    title_of,
)
from service.web.pages.following.writing import Writing, writing_of
from service.web.pages.language import current, month
from service.web.pages.meeting.introduction_view import ShownRow as ShownIntroductionRow
from service.web.pages.meeting.introduction_view import far_names, rows_of_tie
from service.web.pages.meeting.introduction_wording import introduction_text, introduction_title

ACTS_SHOWN = 40
_UNTOLD = frozenset({ActType.UNDONE, ActType.NOTED})


@dataclass(frozen=True, slots=True)
class NextStep:
    """What comes next, or in words why nothing does; with what starts it again, where that is one tap."""

    text: str
    why: str
    day: date | None = None
    touch_id: str = ""
    again: str = ""

    @property
    def day_number(self) -> str:
        return str(self.day.day) if self.day else ""

    @property
    def month(self) -> str:
        return str(format_date(self.day, "MMM")).rstrip(".") if self.day else ""


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A note or a promise: its text, and what is said beside it."""

    id: str
    text: str
    beside: str
    open: bool = False
    introduces: bool = False


@dataclass(frozen=True, slots=True)
class ShownAct:
    """`said` is the message as it was sent."""

    id: str
    day: str
    text: str
    more: str
    said: str


@dataclass(frozen=True, slots=True)
class TieShown:
    """All that the page says of a tie."""

    first_name: str
    step: NextStep
    question: AskedNow | None
    stage: str
    warmth: str
    warmth_why: str
    starred: bool
    circle_at: int
    circle_name: str
    circles: tuple[str, ...]
    notes: tuple[ShownLine, ...]
    note_kinds: tuple[tuple[str, str], ...]
    known: tuple[str, ...]
    promises: tuple[ShownLine, ...]
    writing: Writing
    tomorrow: str
    logs: tuple[tuple[str, str], ...]
    door_open: bool
    door: str
    missing: tuple[str, ...]
    let_go: bool
    ledger: tuple[tuple[str, int], ...]
    introductions: tuple[ShownIntroductionRow, ...]
    timeline: tuple[ShownAct, ...]


def tie_of(tx: Transaction, *, owner: str, contact_id: str) -> TieShown | None:
    history = ties.of_contact(tx, owner=owner, contact_id=contact_id)
    if history is None:
        return None
    today = policies.today(tx, owner=owner)
    story = read(history.tie, history.acts, policies.of(tx, owner=owner).account, today)
    outlook = outlook_of(story)
    lacks = missing_of(story)
    fields = fields_of(contacts.get(tx, owner=owner, id=contact_id).vcard)
    return TieShown(
        first_name=first_name(fields),
        step=_step(tx, owner, history, story, outlook),
        question=question_of(tx, history, today=today),
        stage=str(STAGES[outlook.stage]),
        warmth=str(WARMTHS[outlook.warmth]),
        warmth_why=_why(story, outlook),
        starred=history.tie.starred,
        circle_at=outlook.circle.place,
        circle_name=str(CIRCLES[outlook.circle]),
        circles=tuple(str(CIRCLES[circle]) for circle in Circle),
        notes=tuple(ShownLine(one.id, one.text, str(NOTE_KINDS.get(one.kind, ""))) for one in history.tie.notes),
        note_kinds=tuple((kind.value, str(text)) for kind, text in NOTE_KINDS.items()),
        known=tuple(ties.lines_known(tx, owner=owner)),
        promises=tuple(_promises(story)),
        writing=writing_of(history),
        tomorrow=(today + timedelta(days=1)).isoformat(),
        logs=tuple((name, str(text)) for name, text in LOGS.items()),
        door_open=not lacks,
        door=_door(story, lacks),
        missing=tuple(map(_lack, lacks)),
        let_go=is_let_go(story),
        ledger=_ledger(story),
        introductions=tuple(rows_of_tie(tx, history, today)),
        timeline=tuple(_timeline(history, far_names(tx, history))),
    )


def _step(tx: Transaction, owner: str, history: History, story: Story, outlook: Outlook) -> NextStep:
    planned = touches.of_tie(tx, owner=owner, tie_id=history.tie.id)
    if planned:
        return _touch(tx, planned[0], history, story)
    text, why, again = (str(part) for part in STANDINGS[outlook.next.standing])
    if outlook.next.standing is Standing.RESTING:
        why = f"{_rest(outlook)} {why}"
    day = outlook.next.day if outlook.next.standing is Standing.PAUSED else None
    return NextStep(text, why, day=day, again=again)


def _rest(outlook: Outlook) -> str:
    since = str(format_date(outlook.next.since, "MMMM")) if outlook.next.since else ""
    return str(
        ngettext(
            "%(num)d message since %(since)s, and silence.",
            "%(num)d messages since %(since)s, and silence.",
            outlook.next.tries,
            since=since,
        )
    )


def _touch(tx: Transaction, kept: KeptTouch, history: History, story: Story) -> NextStep:
    fields = fields_of(contacts.get(tx, owner=history.owner, id=history.contact_id).vcard)
    rules = policies.of(tx, owner=history.owner)
    far = counterpart_of(tx, owner=history.owner, touch=kept.touch)
    words = words_for(
        kept,
        history,
        fields,
        person=account(),
        rules=rules,
        page=current(),
        today=story.today,
        counterpart=far,
        sent_by=ties.sent_by(tx, owner=history.owner, tie=history.tie),
    )
    text = introduction_title(kept.touch, fields, far) if far else title_of(kept.touch.kind, first_name(fields))
    return NextStep(text, words.why, day=max(kept.touch.day, story.today), touch_id=kept.id)


def _why(story: Story, outlook: Outlook) -> str:
    """Since when it is as warm as it is."""
    if outlook.last_two_way:
        return str(_("Last in touch on %(day)s.", day=_day(outlook.last_two_way)))
    if story.met and not story.touches:
        return str(_("You met on %(day)s.", day=_day(story.met.day)))
    if story.met:
        return str(_("You met on %(day)s, and nothing has come back yet.", day=_day(story.met.day)))
    return str(_("You have not been in touch yet."))


def _promises(story: Story) -> Iterator[ShownLine]:
    open_ids = {one.id for one in open_promises(story)}
    kept = {act.cause for act in story.of(ActType.DID)}
    for one in story.tie.promises:
        if not story.holds(one.act):
            continue
        if one.id in open_ids:
            choose = speaks_of_introducing(one.text) and carried_by(story, one) is None
            yield ShownLine(one.id, one.text, _("for %(day)s", day=_day(one.due_on)), open=True, introduces=choose)
        else:
            yield ShownLine(one.id, one.text, _("kept") if one.cause in kept else _("dropped"))


def _door(story: Story, lacks: tuple[Missing, ...]) -> str:
    if lacks:
        return str(_("Not yet. What is missing:"))
    when = month(story.contact.day) if story.contact else ""
    return str(
        ngettext(
            "You may ask: %(num)d give, and in touch in %(when)s.",
            "You may ask: %(num)d gives, and in touch in %(when)s.",
            len(ledger(story).gave),
            when=when,
        )
    )


def _lack(one: Missing) -> str:
    """What stands between, in a few words."""
    if one.lack is Lack.GIVES:
        return str(ngettext("%(num)d more give", "%(num)d more gives", one.count))
    return str(LACKS[one.lack]) % {"day": _day(one.day) if one.day else ""}


def _ledger(story: Story) -> tuple[tuple[str, int], ...]:
    page = ledger(story)
    return (
        (_("You gave"), len(page.gave)),
        (_("You asked"), len(page.asked)),
        (_("They answered"), len(page.answered)),
        (_("You received"), len(page.received)),
    )


def _timeline(history: History, names: Mapping[str, str]) -> Iterator[ShownAct]:
    """Newest first; what was undone is not told. `names` are the others by the introduction to them."""
    undone = {act.on for act in history.acts if act.type is ActType.UNDONE}
    standing = (act for act in history.acts if act.id not in undone and act.on not in undone)
    told = [act for act in standing if act.type not in _UNTOLD or is_outcome(act.cause)]
    for act in reversed(told[-ACTS_SHOWN:]):
        introducing = introduction_text(act)
        more = names.get(introduction_of(act.cause), "") or ("" if introducing else _more(history, act))
        said = act.text if act.type is ActType.DID else ""
        yield ShownAct(act.id, _day(act.day), introducing or act_text(act), more, said)


def _more(history: History, act: Act) -> str:
    if act.type is ActType.MET:
        return history.tie.gathering
    if act.type in (ActType.PROMISED, ActType.RELEASED):
        return next((one.text for one in history.tie.promises if one.id == act.on), "")
    if act.type is ActType.PLANNED and act.kind:
        return " · ".join(part for part in (str(KINDS[act.kind]), act.reason or act.text) if part)
    if act.type is ActType.POSTPONED and act.until:
        return _day(act.until)
    return act.text.partition("\n")[0][:120] if act.type is ActType.RECEIVED else act.reason


def _day(day: date) -> str:
    same_year = day.year == date.today().year  # noqa: DTZ011  # only whether the year need be said
    return str(format_date(day, "d MMM" if same_year else "d MMM y"))
