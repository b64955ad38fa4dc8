"""Who might be introduced to whom: what was needed and offered last, what the index finds for it, and how it matches."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Select, and_, or_, select

from service.domain.introductions.matching import match
from service.domain.introductions.proposal import How, Line, Person, Proposal, pair_of
from service.domain.introductions.synonyms import ways_to_say
from service.domain.introductions.turns import first_in_turn
from service.domain.people.search import SHORT
from service.domain.ties.days import monday
from service.domain.ties.note import NoteKind
from service.domain.ties.stage import Stage
from service.storage.following import note_words, policies
from service.storage.following.tie_tables import tie_states, ties
from service.storage.meeting import introductions
from service.storage.meeting.introduction_rows import OUT
from service.storage.meeting.introduction_tables import introductions as rows
from service.storage.people import words_index
from service.storage.tables import contacts

LATEST: Final = 40
"""So many needs and so many offers, the latest, are looked up: old ones come in when what they wait for is noted."""
SHOWN: Final = 12
LOOKED_AT: Final = 100
"""Among so many the engine looks for two whose turn it is."""

ENOUGH_TO_PROPOSE: Final = 35
"""Points from which the engine proposes one by itself; below, it stands on the page for whoever looks."""

_DAY: Final = timedelta(days=1)
_HINTS_FOR: Final = 6
_HINTS_A_WORD: Final = 5
_NEAR: Final = {Stage.CARD: 0, Stage.PERSON: 1, Stage.TIE: 2, Stage.ADVOCATE: 3}


def proposals(tx: Connection, *, owner: str, limit: int = SHOWN, hints: bool = True) -> list[Proposal]:
    """The best pairs now; nobody who rests or was let go, and no pair that was introduced or refused before.

    Without `hints` what people do for a living is looked up for those alone who offer something.
    """
    needs = note_words.latest(tx, owner=owner, kind=NoteKind.NEED, limit=LATEST)
    if not needs:
        return []
    offers = note_words.latest(tx, owner=owner, kind=NoteKind.OFFER, limit=LATEST)
    asked = [*needs, *_answering(tx, owner, NoteKind.NEED, offers)]
    offered = [*offers, *_answering(tx, owner, NoteKind.OFFER, needs)]
    at_work = _at_work(tx, owner, needs[:_HINTS_FOR]) if hints else set()
    ids = {line.tie for line in (*asked, *offered)} | at_work
    found = match(_once(asked), _once(offered), _people(tx, owner, ids), _taken(tx, owner, ids))
    return list(found[:limit])


def of_the_week(tx: Connection, *, owner: str, today: date) -> Proposal | None:
    """The one that the engine would propose this week; None once it has, and where no need meets an offer plainly."""
    mine = (rows.c.account_id == owner, rows.c.begun_on >= monday(today), ~rows.c.by_hand)
    if tx.execute(select(rows.c.id).where(*mine).limit(1)).first():
        return None
    found = proposals(tx, owner=owner, limit=LOOKED_AT, hints=False)
    plain = (one for one in found if one.points >= ENOUGH_TO_PROPOSE and one.how is not How.WORK)
    again = policies.of(tx, owner=owner).account.policy.introduce_again_days
    return first_in_turn(plain, _lately(tx, owner, today - again * _DAY), today=today, again_days=again)


def _lately(tx: Connection, owner: str, since: date) -> list[tuple[str, str, date]]:
    """The introductions begun since, a refused proposal among them: its two were thought of, and left in peace."""
    query = select(rows.c.a, rows.c.b, rows.c.begun_on).where(rows.c.account_id == owner, rows.c.begun_on > since)
    return [(row.a, row.b, row.begun_on) for row in tx.execute(query)]


def propose(tx: Connection, *, owner: str, today: date) -> None:
    """Begin the one of the week: it competes for a seat like any other touch."""
    best = of_the_week(tx, owner=owner, today=today)
    if best is not None:
        introductions.begin(tx, wanted(best), owner=owner, by_hand=False)


def wanted(found: Proposal) -> introductions.Wanted:
    """What is begun of a proposal: who needs something is asked first."""
    offer = found.offer.text if found.offer else ""
    return introductions.Wanted(one=found.needs, other=found.helps, need=found.need.text, offer=offer)


def _answering(tx: Connection, owner: str, kind: NoteKind, lines: Iterable[Line]) -> list[Line]:
    """Lines of the other kind that may be about the same; what is spelled nearly alike comes along."""
    stems = {stem for line in lines for stem in ways_to_say(line.text)}
    alike = note_words.spelled_like(tx, owner=owner, kind=kind, stems=stems)
    return note_words.of_terms(tx, owner=owner, kind=kind, stems=stems | alike)


def _at_work(tx: Connection, owner: str, needs: Iterable[Line]) -> set[str]:
    """Ties to people whose title or company says a word of what is needed: a weak hint, of people one knows already."""
    words = {stem for line in needs for stem in ways_to_say(line.text) if len(stem) > SHORT and stem.isalpha()}
    found: set[str] = set()
    for word in sorted(words):
        held = words_index.holding(tx, [word])
        found |= set(tx.execute(_known(owner).where(*held).limit(_HINTS_A_WORD)).scalars())
    return found


def _known(owner: str) -> Select[Any]:
    join = ties.join(contacts, contacts.c.id == ties.c.contact_id).join(tie_states, tie_states.c.tie_id == ties.c.id)
    mine = (ties.c.account_id == owner, contacts.c.deleted_at.is_(None), tie_states.c.warmth.not_in(OUT))
    return select(ties.c.id).select_from(join).where(*mine, tie_states.c.stage != Stage.CARD)


def _people(tx: Connection, owner: str, ids: Collection[str]) -> list[Person]:
    join = ties.join(contacts, contacts.c.id == ties.c.contact_id).join(tie_states, tie_states.c.tie_id == ties.c.id)
    columns = (ties.c.id, ties.c.company, ties.c.starred, contacts.c.title, contacts.c.org, tie_states.c.stage)
    query = select(*columns).select_from(join).where(ties.c.account_id == owner, ties.c.id.in_(ids))
    return [
        Person(row.id, row.company, f"{row.title} {row.org}", _NEAR[Stage(row.stage)], row.starred)
        for row in tx.execute(query)
    ]


def _taken(tx: Connection, owner: str, ids: Collection[str]) -> set[tuple[str, str]]:
    either = or_(rows.c.a.in_(ids), rows.c.b.in_(ids))
    query = select(rows.c.a, rows.c.b).where(and_(rows.c.account_id == owner, either))
    return {pair_of(row.a, row.b) for row in tx.execute(query)}


def _once(lines: Iterable[Line]) -> list[Line]:
    return list({line.id: line for line in lines}.values())
