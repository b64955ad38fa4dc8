"""The people of the scripted year, all invented: who they are, what was noted of them, and how they answer."""

from dataclasses import dataclass
from datetime import date
from zlib import crc32

from service.domain.ties.note import Note, NoteKind
from service.domain.ties.tie import Source, Tie, begins_in
from service.domain.ties.touch import Channel, Kind

FIRST = "Lucía Nuria Raúl Ana Marta Irene Luis Pau Diego Sara Álvaro Clara Jorge Elena Iker Carmen Hugo".split()
SECOND = "Óscar Pablo Rubén Rosa Alba Tomás Julia Eva Inés Joan Laia Andrés Berta Íñigo Celia Marc Noa Saúl".split()
THIRD = "Mateo Xavi Teresa Darío Olga Quim Nico Vera Sonia Gema Adrián Bruno Marina Félix Pilar".split()
EVENTS = ((date(2026, 1, 22), FIRST), (date(2026, 5, 14), SECOND), (date(2026, 10, 8), THIRD))
FAIR = date(2026, 3, 12)
NEVER_ANSWERS, NEVER_GIVES = "Hugo", "Sara"
_SURNAMES = "Abad Bru Coll Duran Egea Font Gil Haro Isla Juan Lago Mas Nieto Oliva Pons".split()
_COMPANIES = "acme bolt crane dunes ember fjord grove harbour inlet jetty".split()


@dataclass(frozen=True)
class Person:
    """`promised` is what I said I would do, due some days after we met; `met_on` is None for an import."""

    name: str
    tie: Tie
    met_on: date | None
    promised: bool = False


def chance(name: str, what: object) -> int:
    """0 to 99, the same in every run for the same person and occasion, whatever the rules did before."""
    return crc32(f"{name}:{what}".encode()) % 100


def answer(name: str, kind: Kind, turn: int) -> str:
    """How they answer their turn-th touch: warm, cool or no; everybody has a temper of their own."""
    if name in (NEVER_ANSWERS, NEVER_GIVES):
        return "no" if name == NEVER_ANSWERS else "warm"
    openness = chance(name, "temper")
    openness += 15 if kind in (Kind.FAVOUR, Kind.PROMISE) else 0
    drawn = chance(name, f"answer {turn}")
    if drawn < openness * 3 // 4:
        return "warm"
    return "cool" if drawn < openness else "no"


def gives_back(name: str, turn: int) -> bool:
    return name != NEVER_GIVES and chance(name, f"gift {turn}") < 12


def carded() -> list[Person]:
    return [_card(name, day, n % 6 == 0, 45) for day, names in EVENTS for n, name in enumerate(names)]


def from_fair() -> list[Person]:
    """Two hundred cards of three days; of every tenth something was noted."""
    names = [f"{given} {surname}" for surname in _SURNAMES for given in (*FIRST, *SECOND)][:200]
    return [_card(name, FAIR, promised=False, noted=10) for name in names]


def imported(count: int = 1000) -> list[Person]:
    names = [f"{given} {one}-{other}" for one in _SURNAMES for other in _SURNAMES for given in THIRD][:count]
    return [Person(name, _tie(name, Source.IMPORT, date(2026, 1, 7), 4), None) for name in names]


def _card(name: str, met_on: date, promised: bool, noted: int) -> Person:  # noqa: FBT001 # said by name in its calls
    return Person(name, _tie(name, Source.CARD, met_on, noted), met_on, promised)


def _tie(name: str, source: Source, begun_on: date, noted: int) -> Tie:
    knows = chance(name, "noted") < noted
    note = Note(f"note {name}", NoteKind.NEED, "what they are looking for", begun_on)
    ways = (Channel.MAIL, Channel.WHATSAPP, Channel.PHONE)[: 1 + chance(name, "ways") % 3]
    company = _COMPANIES[chance(name, "company") % 10] if source is Source.IMPORT else ""
    return Tie(name, source, begun_on, begins_in(source), ways, company=company, notes=(note,) if knows else ())
