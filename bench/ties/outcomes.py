"""The page of outcomes of a scripted year: what every event was worth, and what came of introductions and old contacts."""

from collections.abc import Callable, Iterator

from bench.ties.clock import Row, Year
from bench.ties.together import Together
from service.domain.outcomes.chain import chain, root
from service.domain.outcomes.worth import Sums, Worth, by_kind, caution, total
from service.domain.ties.act import Act, ActType, Gift
from service.domain.ties.stage import Stage
from service.domain.ties.touch import Kind

_KNOWN = (Stage.TIE, Stage.ADVOCATE)


def page(year: Year, script: Together) -> list[str]:
    rows = worth(year, script)
    return [
        "event                      cards persons ties referrals clients   value  hours  cost",
        *(_line(one.name or "elsewhere", one.sums) for one in rows),
        _line("together", total(one.sums for one in rows)),
        "",
        "kind                       cards persons ties referrals clients   value  hours  cost",
        *(f"{_line(one.kind, one.sums)}   {caution(one.sums, one.events)}" for one in by_kind(rows)),
        "",
        *gatherings(script),
        "",
        *introductions(script),
        "",
        *reconnections(year),
        "",
        *chains(year, script),
    ]


def worth(year: Year, script: Together) -> list[Worth]:
    """By event, as the app counts it: who began there, and what came of the chains that began with them."""
    found = {one.id: Sums(hours=one.hours, cost_cents=one.cost_cents) for one in script.gatherings}
    found[""] = Sums()
    for name, row in year.rows.items():
        found[_event(year, script, name)] += Sums(
            cards=row.tie.source != "import" and name not in script.sent,
            persons=_stage(row) is not Stage.CARD,
            ties=_stage(row) in _KNOWN,
        )
        origin = _event(year, script, root(name, script.sent))
        found[origin] += _came(row)
    named = {one.id: one for one in script.gatherings}
    return [
        Worth(id_, named[id_].name, named[id_].kind, named[id_].day, sums) if id_ else Worth("", "", "", None, sums)
        for id_, sums in found.items()
    ]


def _event(year: Year, script: Together, name: str) -> str:
    row = year.rows[name]
    met = next((act.day for act in row.acts if act.type is ActType.MET), None)
    return next((one.id for one in script.gatherings if one.day == met), "")


def _came(row: Row) -> Sums:
    received = [act for act in row.acts if act.type is ActType.RECEIVED]
    clients = [act for act in received if act.gift is Gift.CLIENT]
    return Sums(
        referrals=sum(act.gift is Gift.REFERRAL for act in received),
        clients=bool(clients),
        value_cents=sum(act.value_cents or 0 for act in clients),
    )


def _stage(row: Row) -> Stage:
    return row.seen.stage if row.seen else Stage.CARD


def _line(name: str, sums: Sums) -> str:
    counts = f"{sums.cards:5} {sums.persons:7} {sums.ties:4} {sums.referrals:9} {sums.clients:7}"
    return f"{name:<26} {counts} {sums.value_cents // 100:7} {sums.hours:6.0f} {sums.cost_cents // 100:5}"


def gatherings(script: Together) -> Iterator[str]:
    for one in script.gatherings:
        if one.own:
            brought = ", ".join(f"{friend} with {host}" for host, friend in one.brought.items())
            yield f"{one.day:%d %b} {one.kind}, {one.about} ({one.reason})"
            yield f"  invited: {', '.join(one.guests)}"
            yield f"  came: {', '.join(one.came) or 'nobody'}; brought: {brought or 'nobody'}"
            yield f"  asked about my work: {', '.join(one.asked_about_work) or 'nobody'}"


def introductions(script: Together) -> Iterator[str]:
    yield f"introductions: {len(script.pairings)} begun, {sum(one.made for one in script.pairings)} made"
    for one in script.pairings:
        how = "promised" if one.promise else "proposed"
        end = (one.outcome or "made, not told yet") if one.made else "not made"
        yield f"  {one.one} and {one.other} ({one.need}; {how}): {end}"


def reconnections(year: Year) -> Iterator[str]:
    tried = [(row, act) for row in year.rows.values() for act in row.acts if act.kind is Kind.RECONNECT and _did(act)]
    answered = [(row, act) for row, act in tried if _since(row, act, lambda one: one.type is ActType.ANSWERED)]
    called = [row for row, act in tried if _since(row, act, lambda one: _did(one) and one.kind is Kind.CALL)]
    talked = [row for row, act in tried if _since(row, act, lambda one: one.type is ActType.TALKED)]
    gave = [row for row, act in tried if _since(row, act, lambda one: one.type is ActType.RECEIVED)]
    yield f"reconnections: {len(tried)} tried, {len(answered)} answered, {len(called)} calls, {len(talked)} talked"
    yield f"  sent somebody or did a favour: {', '.join(row.tie.id for row in gave) or 'nobody'}"


def chains(year: Year, script: Together) -> Iterator[str]:
    named = {one.id: one.name for one in script.gatherings}
    for name in script.clients:
        links = chain(name, script.sent)
        where = named.get(_event(year, script, links[-1]), "elsewhere")
        yield f"client: {' ← '.join(links)} ← {where} ({script.clients[name] // 100})"


def _did(act: Act) -> bool:
    return act.type is ActType.DID


def _since(row: Row, act: Act, holds: Callable[[Act], bool]) -> bool:
    return any(holds(one) for one in row.acts[row.acts.index(act) + 1 :])
