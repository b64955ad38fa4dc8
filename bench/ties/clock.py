"""A year of follow-up under a fake clock: every day something happens, is planned, fitted, shared and done."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

from bench.ties.people import Person, answer, chance, gives_back
from service.domain.ties.account import Account, Stretch
from service.domain.ties.act import Act, ActType, Gift, Outcome, Talk
from service.domain.ties.days import is_open, monday, plus, sunday
from service.domain.ties.dormant import candidate
from service.domain.ties.note import Note, NoteKind
from service.domain.ties.outlook import Outlook, outlook
from service.domain.ties.passing import let_pass
from service.domain.ties.plan import plan
from service.domain.ties.promise import Promise
from service.domain.ties.question import Question, QuestionKind, Reply
from service.domain.ties.questions import questions
from service.domain.ties.seat import Seat, SeatState, Week
from service.domain.ties.standing import Standing
from service.domain.ties.story import read
from service.domain.ties.tie import Tie
from service.domain.ties.today import share
from service.domain.ties.touch import MEETINGS, Kind, Lane, Touch
from service.domain.ties.week import fit

HOLIDAYS = (Stretch(date(2026, 8, 1), date(2026, 8, 31)), Stretch(date(2026, 12, 23), date(2027, 1, 6)))
MADRID = Account(stretches=HOLIDAYS)
_WRITES_IT_DOWN = 70
"""Of a hundred meetings the user tells so many by himself; of the others the app asks."""

Log = dict[date, list[tuple[str, str]]]


@dataclass
class Row:
    """A tie as storage would keep it: its acts, its open touches, and what was derived of it."""

    tie: Tie
    acts: list[Act] = field(default_factory=list)
    touches: tuple[Touch, ...] = ()
    seen: Outlook | None = None


class Script:
    """What happens in a year besides cards: nothing, unless somebody writes it."""

    def day(self, year: "Year") -> None:
        """Happens before anything is planned."""

    def seats_kept(self, year: "Year") -> int:  # noqa: ARG002 - for those who override it
        return 0

    def hear(self, year: "Year", did: Act, name: str) -> bool:  # noqa: ARG002
        """What comes back of a touch, if it is one of the script's own; else as of any other."""
        return False

    def gave(self, year: "Year", name: str, gift: Gift) -> None:
        """Something was received."""

    def told(self, year: "Year", on: str) -> None:
        """What came of an introduction is asked."""


@dataclass
class Year:
    """Everything that there is on a day. `at_desk` says whether the user looks at Today on it."""

    account: Account
    at_desk: Callable[[date], bool]
    today: date
    rows: dict[str, Row] = field(default_factory=dict)
    coming: dict[date, list[Callable[[], None]]] = field(default_factory=dict)
    seats: list[Seat] = field(default_factory=list)
    raised: Counter[date] = field(default_factory=Counter)
    done: Log = field(default_factory=dict)
    back: Log = field(default_factory=dict)
    weeks: dict[date, Week] = field(default_factory=dict)
    left_out: Counter[date] = field(default_factory=Counter)
    shares: list[int] = field(default_factory=list)
    sorted: Counter[date] = field(default_factory=Counter)
    moves: list[tuple[date, str, str]] = field(default_factory=list)
    script: Script = field(default_factory=Script)

    def act(self, name: str, type_: ActType, **values: object) -> Act:
        row = self.rows[name]
        at = datetime.combine(self.today, time(9), tzinfo=UTC) + timedelta(seconds=len(row.acts))
        made = Act(f"{name}:{len(row.acts)}", type_, self.today, at, **values)  # type: ignore[arg-type]
        row.acts.append(made)
        self.look(row)
        return made

    def look(self, row: Row) -> None:
        """Plan it again, and derive what is derived."""
        row.touches = plan(row.tie, row.acts, self.account, self.today)
        row.seen = outlook(row.tie, row.acts, self.account, self.today)

    def later(self, days: int, then: Callable[[], None]) -> None:
        self.coming.setdefault(plus(self.today, days), []).append(then)

    def tell(self, log: Log, what: str, name: str) -> None:
        log.setdefault(monday(self.today), []).append((what, name))


def run(
    people: Iterable[Person],
    last: date,
    at_desk: Callable[[date], bool],
    account: Account = MADRID,
    script: Script | None = None,
) -> Year:
    """The year from the first of January to the last day."""
    year = Year(account, at_desk, date(2026, 1, 1), script=script or Script())
    arrivals: dict[date, list[Person]] = {}
    for person in people:
        arrivals.setdefault(person.met_on or person.tie.begun_on, []).append(person)
    while year.today <= last:
        for person in arrivals.get(year.today, []):
            arrive(year, person)
        year.script.day(year)
        for then in year.coming.pop(year.today, []):
            then()
        _wake(year)
        _week(year)
        if is_open(year.today, account) and at_desk(year.today):
            _sit_down(year)
        year.today = plus(year.today, 1)
    return year


def arrive(year: Year, person: Person) -> None:
    year.rows[person.name] = row = Row(person.tie)
    if person.met_on:
        year.act(person.name, ActType.MET)
    if person.promised:
        act = year.act(person.name, ActType.PROMISED, on=f"p {person.name}")
        due = plus(year.today, 4)
        row.tie = replace(row.tie, promises=(Promise(act.on, "a name I promised", year.today, due, act=act.id),))
    year.look(row)


def _wake(year: Year) -> None:
    for row in year.rows.values():
        if row.seen and row.seen.wakes_on and row.seen.wakes_on <= year.today:
            year.look(row)


def _week(year: Year) -> None:
    """Fit the week again, keeping what it holds."""
    week = monday(year.today)
    held = [seat for seat in year.seats if seat.week == week]
    due = [touch for row in year.rows.values() for touch in row.touches if touch.day <= sunday(year.today)]
    lately = {seat.touch.company for seat in year.seats if _tried_lately(seat, year.today)} - {""}
    found = fit(
        [*due, *_dormant(year, held)],
        year.account.policy.budget,
        week,
        year.today,
        held,
        account=year.account,
        raised=year.raised[week],
        companies_tried=lately,
        waiting=[row.tie.id for row in year.rows.values() if row.seen and row.seen.next.standing == "waits for word"],
        kept=year.script.seats_kept(year),
    )
    year.weeks[week] = found
    year.left_out[week] = max(year.left_out[week], found.left_out_count)
    _keep_seats(year, found, held)


def _tried_lately(seat: Seat, today: date) -> bool:
    return seat.touch.lane is Lane.DORMANT and seat.week < monday(today) and (today - seat.week).days < 90


def _dormant(year: Year, held: list[Seat]) -> list[Touch]:
    """The best few of the pool, and those that the week chose."""
    mine = {seat.touch.tie for seat in held if seat.touch.lane is Lane.DORMANT}
    pool = [row for row in year.rows.values() if row.seen and row.seen.dormant_score is not None]
    pool.sort(key=lambda row: (row.tie.id not in mine, -(row.seen.dormant_score or 0) if row.seen else 0, row.tie.id))
    found: list[Touch] = []
    for row in pool[:40]:
        touch = candidate(row.tie, row.acts, year.account, year.today)
        found += [touch] if touch else []
    return found


def _keep_seats(year: Year, week: Week, held: list[Seat]) -> None:
    chosen = {touch.key: touch for touch in week.chosen}
    ended = [seat for seat in held if seat.state is not SeatState.OPEN]
    stay = [
        replace(seat, touch=chosen[seat.touch.key]) for seat in held if seat.touch.key in chosen and seat not in ended
    ]
    had = {seat.touch.key for seat in (*ended, *stay)}
    new = [touch for touch in week.chosen if touch.key not in had]
    others = [seat for seat in year.seats if seat.week != week.monday]
    year.seats = [*others, *ended, *stay]
    year.seats += [Seat(week.monday, touch, year.today, len(had) + n) for n, touch in enumerate(new)]


def _sit_down(year: Year) -> None:
    """What the user does with Today: words first, then the offered raise, then his share, then the old cards."""
    _tell(year)
    week = monday(year.today)
    if year.weeks[week].fresh_without_seat and not year.raised[week]:
        year.raised[week] = year.account.policy.raise_offer
        _week(year)
    seats = sorted((one for one in year.seats if one.week == week), key=lambda seat: seat.position)
    part = share([seat.touch for seat in seats if seat.state is SeatState.OPEN], year.today, year.account)
    year.shares.append(len(part))
    for touch in part:
        _do(year, touch)
    if year.today.weekday() == 0:
        _let_pass(year)
        _sort(year)


def _tell(year: Year) -> None:
    """Answer what the app asks; in a tenth of the cases the user does not know."""
    for row in list(year.rows.values()):
        if row.seen is None or row.seen.next.standing in (Standing.RANKED, Standing.TO_SORT, Standing.LET_GO):
            continue
        for asked in questions(read(row.tie, row.acts, year.account, year.today)):
            _reply(year, row, asked.kind, asked.on)


def _reply(year: Year, row: Row, kind: QuestionKind, on: str) -> None:
    name, yes = row.tie.id, Reply.YES
    if kind is QuestionKind.CAME_OF:
        year.script.told(year, on)
    elif kind is QuestionKind.MET:
        _talked(year, name)
    if kind is QuestionKind.ANSWERED and chance(name, on) < 90:
        year.act(name, ActType.NO_ANSWER, on=on)
    elif kind is QuestionKind.ANSWERED:
        year.act(name, ActType.ANSWERED, outcome=Outcome.UNKNOWN, on=on)
    elif kind is QuestionKind.BUSY and chance(name, on) < 70:
        note = Note(f"{on} note", NoteKind.NEED, "what they are busy with", year.today)
        row.tie = replace(row.tie, notes=(*row.tie.notes, note))
    elif kind in (QuestionKind.CLOSER, QuestionKind.WIDER, QuestionKind.ASK_THEM):
        year.moves.append((year.today, str(kind), name))
        yes = Reply.YES if chance(name, on) < 50 else Reply.NO
        _move(year, row, kind, yes)
    told = Question(kind, year.today, on, year.today, yes)
    row.tie = replace(row.tie, questions=(*row.tie.questions, told))
    year.look(row)


def _move(year: Year, row: Row, kind: QuestionKind, reply: Reply) -> None:
    if reply is Reply.YES and kind is not QuestionKind.ASK_THEM and row.seen:
        circle = row.seen.circle
        year.act(row.tie.id, ActType.CIRCLE, circle=circle.closer if kind is QuestionKind.CLOSER else circle.wider)


def _do(year: Year, touch: Touch) -> None:
    row = year.rows[touch.tie]
    if touch.lane is Lane.DORMANT and not _still_relevant(year, row):
        _end(year, touch, SeatState.SKIPPED)
        return
    kind = touch.kind
    if kind is Kind.FAVOUR and chance(touch.tie, f"nothing {len(row.acts)}") < 20:
        year.act(touch.tie, ActType.SWAPPED, cause=touch.cause, kind=Kind.HELLO)
        kind = Kind.HELLO
    did = year.act(touch.tie, ActType.DID, kind=kind, channel=touch.channel, cause=touch.cause)
    year.tell(year.done, kind, touch.tie)
    _end(year, touch, SeatState.DONE)
    _hear(year, did)


def _still_relevant(year: Year, row: Row) -> bool:
    """The question before a reconnect: six in ten are, and something comes to mind of them."""
    drawn = chance(row.tie.id, "relevant")
    reply = Reply.YES if drawn < 60 else Reply.NO if drawn < 80 else Reply.NOTHING
    told = Question(QuestionKind.RELEVANT, year.today, "", year.today, reply)
    row.tie = replace(row.tie, questions=(*row.tie.questions, told))
    if reply is Reply.YES and not row.tie.notes:
        note = Note(f"{row.tie.id} remembered", NoteKind.COMMON_GROUND, "what we did then", year.today)
        row.tie = replace(row.tie, notes=(note,))
    year.look(row)
    return reply is Reply.YES


def _end(year: Year, touch: Touch, state: SeatState) -> None:
    week = monday(year.today)
    for n, seat in enumerate(year.seats):
        if seat.week == week and seat.touch.key == touch.key:
            year.seats[n] = replace(seat, state=state)


def _hear(year: Year, did: Act) -> None:
    """What comes back, some days later: an answer, a talk after a meeting was agreed, now and then a gift."""
    name = did.id.rpartition(":")[0]
    if year.script.hear(year, did, name):
        return
    turn = sum(act.type is ActType.DID for act in year.rows[name].acts)
    kind = did.kind or Kind.HELLO
    how = "no" if kind is Kind.THANK else answer(name, kind, turn)
    if how == "no":
        return
    year.later(2 + chance(name, turn) % 6, lambda: _answered(year, name, did, how))
    if how == "warm" and kind in MEETINGS and chance(name, f"writes it down {turn}") < _WRITES_IT_DOWN:
        year.later(9 + chance(name, turn) % 5, lambda: _talked(year, name))
    if how == "warm" and gives_back(name, turn):
        year.later(12, lambda: _gave(year, name))


def _answered(year: Year, name: str, did: Act, how: str) -> None:
    year.act(name, ActType.ANSWERED, outcome=Outcome(how), on=did.id)
    year.tell(year.back, how, name)


def _talked(year: Year, name: str) -> None:
    year.act(name, ActType.TALKED, talk=Talk.COFFEE)
    year.tell(year.back, "talked", name)


def _gave(year: Year, name: str) -> None:
    gift = Gift.REFERRAL if chance(name, "gives what") < 50 else Gift.FAVOUR
    year.act(name, ActType.RECEIVED, gift=gift)
    year.tell(year.back, f"gave a {gift}", name)
    year.script.gave(year, name, gift)


def _let_pass(year: Year) -> None:
    for row in list(year.rows.values()):
        for touch in row.touches:
            if touch.lane.proposed and let_pass(touch.key, year.seats, year.today, year.account.policy):
                year.act(row.tie.id, ActType.SKIPPED, cause=touch.cause, reason="let pass")


def _sort(year: Year) -> None:
    """Ten old cards a week: one in eight is somebody he would know in the street."""
    old = [row for row in year.rows.values() if row.seen and row.seen.next.standing is Standing.TO_SORT]
    for row in old[: year.account.policy.sort_at_most]:
        year.sorted[monday(year.today)] += 1
        if chance(row.tie.id, "street") < 12:
            row.tie = replace(row.tie, starred=True)
            year.look(row)
        else:
            year.act(row.tie.id, ActType.LET_GO)
