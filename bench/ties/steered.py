"""The lives that chance almost never leads: to rest, to the last try, through promises to somebody silent."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from bench.ties.laws import LAWS, plans, seen
from bench.ties.lives import START, Life, Manner, Planner, imported, live
from service.domain.ties.account import Account, Stay, Stretch
from service.domain.ties.act import Act, ActType, Talk
from service.domain.ties.circle import Circle
from service.domain.ties.introduction import Introduction, Said
from service.domain.ties.invited import Invited
from service.domain.ties.note import Note, NoteKind
from service.domain.ties.plan import plan
from service.domain.ties.tie import Source, Tie
from service.domain.ties.touch import Channel, Touch

AUGUST = Account(
    stretches=(Stretch(date(2026, 8, 1), date(2026, 8, 31)), Stretch(date(2026, 12, 23), date(2027, 1, 6)))
)
ALL_OPEN = Account(quiet_weekdays=frozenset())
TWO = (Channel.MAIL, Channel.WHATSAPP)
CARD = Tie("t", Source.CARD, START, channels=TWO)
NOTED = replace(CARD, notes=(Note("n", NoteKind.NEED, "a place to train the kids", START),))
INNER = replace(NOTED, circle=Circle.INNER)
ONE_WAY = replace(NOTED, channels=(Channel.MAIL,))
ASKED_FIRST = Introduction(
    "i", "a", "other", START + timedelta(days=5), START + timedelta(days=5), first=True, needs=True
)
ASKED_THEN = replace(ASKED_FIRST, side="b", first=False, other_said=Said.YES, other_said_on=START + timedelta(days=9))
BOTH_YES = replace(ASKED_FIRST, agreed=True, other_said=Said.YES, other_said_on=START + timedelta(days=20))
OTHER_SAID_NO = replace(BOTH_YES, other_said=Said.NO)
PROPOSED = replace(ASKED_FIRST, by_hand=False)
GUEST = replace(NOTED, invited=(Invited("g", "a tasting", START + timedelta(days=70), START + timedelta(days=20)),))
VISITED = replace(NOTED, town="bilbao")
TRAVELLER = replace(
    AUGUST, stays=tuple(Stay(START + timedelta(days=n), START + timedelta(days=n + 1), "bilbao") for n in (12, 50, 200))
)
SENT = replace(CARD, source=Source.HAND, introduced_by="a friend")
IMPORT = replace(CARD, source=Source.IMPORT, circle=Circle.DRAWER)


def met(tie: Tie, manner: Manner, *, talked: bool = False, account: Account = AUGUST) -> Life:
    life = Life(tie, account, manner)
    life.add(ActType.MET)
    if talked:
        life.add(ActType.TALKED, talk=Talk.GATHERING)
    return life


def lives() -> dict[str, Life]:
    """By name. A life is used up by living it: every call makes new ones."""
    return {
        "a card that never answers": met(NOTED, Manner("n")),
        "a bare card that never answers": met(CARD, Manner("n")),
        "a card with one way": met(ONE_WAY, Manner("n")),
        "a friend who falls silent": met(NOTED, Manner("wwwnnnnnnn"), talked=True),
        "somebody inner who falls silent": met(INNER, Manner("nnnn"), talked=True),
        "somebody close with one way": met(replace(ONE_WAY, circle=Circle.CLOSE), Manner("n"), talked=True),
        "a card nobody writes to": met(CARD, Manner(does="_")),
        "a card whose first word is skipped": met(NOTED, Manner(does="s")),
        "promises to somebody silent": met(CARD, Manner("n", promises=25)),
        "promises that are not kept": met(NOTED, Manner("n", promises=60, keeps=False), talked=True),
        "always answers, never gives": met(NOTED, Manner("w")),
        "always answers coolly": met(NOTED, Manner("c")),
        "the user never tells": met(NOTED, Manner("_")),
        "somebody inner of whom nobody tells": met(INNER, Manner("_"), talked=True, account=ALL_OPEN),
        "told half the time": met(NOTED, Manner("n_")),
        "a friend told half the time": met(replace(NOTED, circle=Circle.CLOSE), Manner("n_"), talked=True),
        "the user does not know": met(NOTED, Manner("?"), talked=True),
        "answers come late": met(NOTED, Manner("w", delay=40)),
        "puts everything off": met(NOTED, Manner("wn", does="pppd")),
        "skips now and then": met(NOTED, Manner("wcn", does="dds")),
        "swaps and taps twice": met(NOTED, Manner("wn", does="w2"), talked=True),
        "gives back": met(NOTED, Manner("w", gifts=70)),
        "is asked too often": met(NOTED, Manner("wn", asks=45, promises=20), talked=True),
        "writes by themselves": met(NOTED, Manner("n", words=50)),
        "let go with a promise open": met(NOTED, Manner("n", promises=40, lets_go=80, words=250)),
        "revived again and again": met(NOTED, Manner("n", revives=200, meets=330)),
        "everything undone": met(NOTED, Manner("wn", does="dp", promises=30, undoes=11), talked=True),
        "is asked whether to be introduced": met(_introduced(ASKED_FIRST), Manner("n"), talked=True),
        "is asked second": met(_introduced(ASKED_THEN), Manner("nw"), talked=True),
        "an introduction that the engine thought of": met(_introduced(PROPOSED), Manner("n")),
        "both said yes": met(_introduced(BOTH_YES), Manner("n"), talked=True),
        "the other said no": met(_introduced(OTHER_SAID_NO), Manner("n")),
        "to be introduced, and let go": met(_introduced(ASKED_FIRST), Manner("w", lets_go=30, words=200)),
        "a guest who answers": met(GUEST, Manner("w"), talked=True),
        "a guest who falls silent": met(GUEST, Manner("n")),
        "somebody where the user will be": met(VISITED, Manner("w"), account=TRAVELLER),
        "somebody who was sent": Life(SENT, AUGUST, Manner("wcn")),
        "somebody who was sent and stays silent": Life(SENT, AUGUST, Manner("n")),
        "somebody who was sent and nobody wrote to": Life(SENT, AUGUST, Manner(does="_")),
        "an import": _import(Manner("wn"), None),
        "an import of long ago": _import(Manner("n"), date(2019, 5, 2)),
        "an import of last month": _import(Manner("w"), date(2025, 12, 20)),
        "a friend of years ago": _long_ago(),
    }


def _introduced(one: Introduction) -> Tie:
    return replace(NOTED, introductions=(one,))


def _import(manner: Manner, last: date | None) -> Life:
    life = Life(IMPORT, AUGUST, manner)
    if last:
        imported(life, last)
    return life


def _long_ago() -> Life:
    life = Life(NOTED, AUGUST, Manner("n"))
    day = START - timedelta(days=4 * 365)
    life.acts.append(Act("old", ActType.TALKED, day, datetime.combine(day, time(9), tzinfo=UTC), talk=Talk.COFFEE))
    return life


def judge(life: Life, days: int, *, step: int = 3, planner: Planner = plan) -> None:
    """Live it and hold every law on every day; the dear ones on some days, and that nothing changes unannounced."""
    said: tuple[int, tuple[Touch, ...], date] | None = None
    for n, now in enumerate(live(life, days, step=step, planner=planner)):
        for law in LAWS:
            law(now)
        if n % 7 == 0:
            plans(now, planner)
        said = _announced(now, said)


def _announced(life: Life, said: tuple[int, tuple[Touch, ...], date] | None) -> tuple[int, tuple[Touch, ...], date]:
    """Unless something happens, the plan is the same until the day on which the engine wants to look again."""
    if said and said[0] == len(life.acts) and life.today < said[2]:
        assert life.touches == said[1], "changed before it was to be looked at again"
    return len(life.acts), life.touches, seen(life).wakes_on or date.max


def every_life(days: int, *, step: int = 3) -> Iterator[tuple[str, Callable[[], None]]]:
    """Each life's name, and what judges it."""
    for name in lives():
        yield name, lambda name=name: judge(lives()[name], days, step=step)  # type: ignore[misc]
