"""The year of one who gives: evenings of his own, a dinner for four, introductions, old contacts, and who was sent."""

from dataclasses import dataclass, field, replace
from datetime import date

from bench.ties import bringing, hosting
from bench.ties.bringing import Pairing
from bench.ties.clock import Script, Year, arrive
from bench.ties.hosting import Gathering
from bench.ties.people import EVENTS, Person, carded, chance, imported
from service.domain.introductions.turns import first_in_turn
from service.domain.ties.act import Act, ActType, Gift
from service.domain.ties.days import plus, sunday
from service.domain.ties.note import Note, NoteKind
from service.domain.ties.tie import Source, Tie
from service.domain.ties.touch import Channel

INTRODUCTIONS = 5
"""So many a year: who introduces five people well has done a lot."""

OLD_CONTACTS = 24
_ENOUGH_POINTS = 35
_NEEDS = (
    "a printer for the catalogue",
    "an accountant",
    "a photographer",
    "somebody to build a website",
    "a translator",
)
_OFFERS = ("printing", "accounting for small firms", "photography", "web design", "translation into French")
_PASSIONS = ("wine", "padel", "hiking", "cooking", "cycling")
_FIRST_INTRODUCTION = date(2026, 3, 2)


def people() -> list[Person]:
    """The fifty cards, with more said of those of whom something was noted; and some contacts out of an old list."""
    return [*map(_lively, carded()), *imported(OLD_CONTACTS)]


def _lively(person: Person) -> Person:
    if not person.tie.notes:
        return person
    name, day = person.name, person.tie.begun_on
    said = [(NoteKind.NEED, _NEEDS), (NoteKind.OFFER, _OFFERS), (NoteKind.PASSION, _PASSIONS)]
    drawn = [(kind, texts[chance(name, kind) % len(texts)], chance(name, f"says {kind}") < 75) for kind, texts in said]
    notes = tuple(Note(f"{kind} of {name}", kind, text, day) for kind, text, says in drawn if says)
    return replace(person, tie=replace(person.tie, notes=notes or person.tie.notes))


@dataclass
class Together(Script):
    """What the user does besides writing to people."""

    gatherings: list[Gathering] = field(default_factory=hosting.calendar)
    pairings: list[Pairing] = field(default_factory=list)
    sent: dict[str, str] = field(default_factory=dict)
    clients: dict[str, int] = field(default_factory=dict)

    def day(self, year: Year) -> None:
        for one in self.gatherings:
            if hosting.starts_inviting(one, year.today):
                hosting.choose(year, one, self._know_each_other())
            if hosting.fills_up(one, year.today):
                hosting.fill_up(year, one, self._know_each_other())
            if one.own and one.day == year.today:
                hosting.take_place(year, one)
        if year.today == plus(EVENTS[0][0], 1):
            first = Pairing(
                "promised",
                "Lucía",
                "Nuria",
                "the name I promised",
                by_hand=True,
                promise="p Lucía",
                begun_on=year.today,
            )
            self.pairings.append(bringing.begin(year, first))
        if year.today.weekday() == 0 and year.today >= _FIRST_INTRODUCTION:
            self._introduce(year)
        for pairing in self.pairings:
            bringing.follow(year, pairing)

    def _introduce(self, year: Year) -> None:
        """The best pair of the week, while there is none on its way."""
        found = [one for one in hosting.proposed(year, self._know_each_other()) if one.points >= _ENOUGH_POINTS]
        lately = [(one.one, one.other, one.begun_on) for one in self.pairings]
        again = year.account.policy.introduce_again_days
        best = first_in_turn(found, lately, today=year.today, again_days=again)
        may_come = sum(one.made or plus(one.begun_on, 42) > year.today for one in self.pairings)
        if best and may_come < INTRODUCTIONS:
            pairing = Pairing(f"i{len(self.pairings)}", best.needs, best.helps, best.need.text, begun_on=year.today)
            self.pairings.append(bringing.begin(year, pairing))

    def _know_each_other(self) -> set[tuple[str, str]]:
        return {one.pair for one in self.pairings} | hosting.taken_by(self.gatherings)

    def seats_kept(self, year: Year) -> int:
        most = year.account.policy.gathering_seats
        return hosting.seats_kept(self.gatherings, year.today, sunday(year.today), most)

    def hear(self, year: Year, did: Act, name: str) -> bool:
        word, _, rest = did.cause.partition(":")
        id_ = rest.partition(":")[0]
        if word == "gathering":
            hosting.hear(year, next(one for one in self.gatherings if one.id == id_), did, name)
        elif word == "introduction":
            bringing.hear(year, next(one for one in self.pairings if one.id == id_), did, name)
        return word in ("gathering", "introduction")

    def gave(self, year: Year, name: str, gift: Gift) -> None:
        """Whom they sent comes with a name and a number; four in ten become clients."""
        if gift is not Gift.REFERRAL:
            return
        full = f"{_SENT[len(self.sent) % len(_SENT)]} (sent by {name.partition(' (')[0]})"
        tie = Tie(full, Source.HAND, year.today, channels=(Channel.MAIL, Channel.PHONE), introduced_by=name)
        arrive(year, Person(full, tie, None))
        self.sent[full] = name
        if chance(full, "becomes a client") < 40:
            year.later(50, lambda: self._client(year, full))

    def _client(self, year: Year, name: str) -> None:
        cents = 100_000 * (1 + chance(name, "worth") % 6)
        year.act(name, ActType.RECEIVED, gift=Gift.CLIENT, value_cents=cents)
        year.tell(year.back, "became a client", name)
        self.clients[name] = cents

    def told(self, year: Year, on: str) -> None:
        pairing = next(one for one in self.pairings if one.id == on)
        bringing.came_of(year, pairing)


_SENT = "Teresita Ramón Úrsula Víctor Wanda Yago Zoe Amparo Benito Cosme Delia Efrén Fermín Gloria".split()
