"""The gatherings of the scripted year: whom the user invites, who comes and with whom, and the thank-yous."""

from dataclasses import dataclass, field, replace
from datetime import date

from bench.ties.clock import Row, Year, arrive
from bench.ties.people import Person, answer, chance
from service.domain.gatherings.pairs import Match, Pair, pairs
from service.domain.gatherings.passions import Loved, shared
from service.domain.introductions.matching import match
from service.domain.introductions.proposal import Line, Proposal, pair_of
from service.domain.introductions.proposal import Person as Known
from service.domain.ties.act import Act, ActType, Outcome, Talk
from service.domain.ties.days import plus
from service.domain.ties.invited import Invited
from service.domain.ties.note import NoteKind
from service.domain.ties.stage import Stage
from service.domain.ties.tie import Source, Tie
from service.domain.ties.touch import Channel, Kind
from service.domain.ties.warmth import AWAKE

GUESTS = 8
INVITED_BEFORE_DAYS = 35
FILLED_UP_DAYS = 9
_FRIENDS = "Abel Bea Ciro Dina Emma Fabio Greta Hilda Ivo Jana Kira Leo Mina Noel Otto Petra".split()


@dataclass
class Gathering:
    """An event in the calendar: attended, or the user's own with its guests; `about` is what they come for."""

    id: str
    name: str
    kind: str
    day: date
    hours: float
    cost_cents: int
    own: bool = False
    about: str = ""
    guests: list[str] = field(default_factory=list)
    came: list[str] = field(default_factory=list)
    brought: dict[str, str] = field(default_factory=dict)
    asked_about_work: list[str] = field(default_factory=list)
    reason: str = ""


def calendar() -> list[Gathering]:
    return [
        Gathering("jan", "Chamber breakfast", "chamber", date(2026, 1, 22), 3, 0),
        Gathering("may", "Sponsors' evening", "sponsor sales", date(2026, 5, 14), 4, 12_000),
        Gathering("jun", "An evening of my own", "own", date(2026, 6, 18), 5, 24_000, own=True),
        Gathering("sep", "Dinner for four", "double date", date(2026, 9, 24), 3, 11_000, own=True),
        Gathering("oct", "Course on negotiating", "training", date(2026, 10, 8), 8, 9_000),
        Gathering("nov", "Another evening of my own", "own", date(2026, 11, 12), 5, 20_000, own=True),
    ]


def lines(year: Year, *kinds: NoteKind) -> list[tuple[str, str, date, str]]:
    """Of everybody who is neither resting nor let go: tie, text, day and id of what was noted."""
    rows = (row for row in year.rows.values() if row.seen and row.seen.warmth in AWAKE)
    return [
        (row.tie.id, note.text, note.noted_on, note.id) for row in rows for note in row.tie.notes if note.kind in kinds
    ]


def proposed(year: Year, taken: set[tuple[str, str]]) -> tuple[Proposal, ...]:
    """Whom one could introduce to whom, the best first."""
    needs = [Line(id_, tie, text, day) for tie, text, day, id_ in lines(year, NoteKind.NEED)]
    offers = [Line(id_, tie, text, day) for tie, text, day, id_ in lines(year, NoteKind.OFFER)]
    people = [Known(row.tie.id, row.tie.company) for row in year.rows.values()]
    return match(needs, offers, people, taken)


def choose(year: Year, gathering: Gathering, known: set[tuple[str, str]]) -> None:
    """Write the list: for an evening the passion that most share and who is nearest, for a dinner the best pair."""
    loved = [Loved(tie, text) for tie, text, _, _ in lines(year, NoteKind.PASSION) if _is_person(year.rows[tie])]
    if gathering.kind == "double date":
        found = _for_dinner(year, loved, known)
        gathering.guests, gathering.reason = [found.one, found.other], _why(found)
        gathering.about = "dinner"
    else:
        best = shared(loved)[0]
        others = sorted((row for row in year.rows.values() if _is_person(row)), key=_nearest)
        names = [*best.ties, *(row.tie.id for row in others if row.tie.id not in best.ties)]
        gathering.guests, gathering.about = names[:GUESTS], best.text
        gathering.reason = f"{len(best.ties)} share {best.text}"
    _invite(year, gathering, gathering.guests)


def fill_up(year: Year, gathering: Gathering, known: set[tuple[str, str]]) -> None:
    """A dinner at which one of the two cannot be: whoever goes best with the other is asked."""
    if gathering.kind != "double date" or len(gathering.came) != 1:
        return
    stays = gathering.came[0]
    loved = [Loved(tie, text) for tie, text, _, _ in lines(year, NoteKind.PASSION) if _is_person(year.rows[tie])]
    mine = {line.text for line in loved if line.tie == stays}
    free = [one.tie for one in loved if one.text in mine and one.tie not in gathering.guests]
    new = next((name for name in free if pair_of(stays, name) not in known), "")
    if new:
        gathering.reason += f"; {new} in the place of who could not, who loves the same as {stays}"
        gathering.guests.append(new)
        _invite(year, gathering, [new])


def _invite(year: Year, gathering: Gathering, names: list[str]) -> None:
    for name in names:
        row = year.rows[name]
        one = Invited(gathering.id, gathering.about, gathering.day, year.today)
        row.tie = replace(row.tie, invited=(*row.tie.invited, one))
        year.look(row)


def _for_dinner(year: Year, loved: list[Loved], known: set[tuple[str, str]]) -> Pair:
    people = {name for name, row in year.rows.items() if _is_person(row)}
    found = [one for one in proposed(year, known) if {one.needs, one.helps} <= people]
    matches = [Match(one.needs, one.helps, one.need.text, "") for one in found]
    return pairs(loved, matches=matches, known=[frozenset(pair) for pair in known])[0]


def _why(pair: Pair) -> str:
    loves = [f"both love {one.text}" for one in pair.loves]
    needs = [f"{pair.match.needs} needs {pair.match.need}, which {pair.match.offers} offers"] if pair.match else []
    return "; ".join([*needs, *loves])


def _is_person(row: Row) -> bool:
    return bool(row.seen and row.seen.stage is not Stage.CARD and row.seen.warmth in AWAKE)


def _nearest(row: Row) -> tuple[int, str]:
    last = row.seen.last_two_way if row.seen else None
    return -(last.toordinal() if last else 0), row.tie.id


def hear(year: Year, gathering: Gathering, did: Act, name: str) -> None:
    """What a guest answers to the invitation; a thank-you for coming asks for no answer."""
    if did.kind is not Kind.INVITE:
        return
    how = answer(name, Kind.FAVOUR, len(year.rows[name].acts))
    if how != "no":
        year.later(2 + chance(name, gathering.id) % 6, lambda: _answered(year, gathering, did, name, how))


def _answered(year: Year, gathering: Gathering, did: Act, name: str, how: str) -> None:
    if year.today > gathering.day:
        return
    year.act(name, ActType.ANSWERED, outcome=Outcome(how), on=did.id)
    row = year.rows[name]
    said = tuple(replace(one, answered=one.answered or one.gathering == gathering.id) for one in row.tie.invited)
    row.tie = replace(row.tie, invited=said)
    year.look(row)
    year.tell(year.back, "comes" if how == "warm" else "cannot come", name)
    if how == "warm":
        gathering.came.append(name)
        if gathering.kind == "own" and chance(name, f"brings {gathering.id}") < 60:
            gathering.brought[name] = _FRIENDS[(3 * gathering.day.month + len(gathering.brought)) % len(_FRIENDS)]


def take_place(year: Year, gathering: Gathering) -> None:
    """The evening itself: who came has talked, and whom they brought gives a card."""
    gathering.came = [name for name in gathering.came if chance(name, f"stays at home {gathering.id}") >= 10]
    for name in gathering.came:
        sent = next(act for act in year.rows[name].acts if act.cause == f"gathering:{gathering.id}:invite")
        year.act(name, ActType.TALKED, talk=Talk.GATHERING, cause=f"gathering:{gathering.id}", on=sent.id)
        year.tell(year.back, "came", name)
        if chance(name, f"asks about work {gathering.id}") < 25:
            gathering.asked_about_work.append(name)
    gathering.brought = {host: friend for host, friend in gathering.brought.items() if host in gathering.came}
    for host, friend in gathering.brought.items():
        full = f"{friend} (with {host})"
        tie = Tie(full, Source.GUEST, year.today, channels=(Channel.MAIL, Channel.WHATSAPP), introduced_by=host)
        arrive(year, Person(full, replace(tie, gathering=gathering.name), year.today))
        year.tell(year.back, "new", full)


def fills_up(gathering: Gathering, today: date) -> bool:
    return gathering.own and today == plus(gathering.day, -FILLED_UP_DAYS)


def seats_kept(gatherings: list[Gathering], first: date, last: date, most: int) -> int:
    return most if any(first <= one.day <= last for one in gatherings) else 0


def starts_inviting(gathering: Gathering, today: date) -> bool:
    return gathering.own and today == plus(gathering.day, -INVITED_BEFORE_DAYS)


def taken_by(gatherings: list[Gathering]) -> set[tuple[str, str]]:
    """Those who sat at one table know each other."""
    return {pair_of(a, b) for one in gatherings for a in one.came for b in one.came if a < b}
