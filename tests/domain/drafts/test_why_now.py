"""Why now: one sentence for every reason, in Spanish and English."""

from datetime import date

import pytest

from service.domain.drafts.facts import Facts
from service.domain.drafts.filling import GAP
from service.domain.drafts.reasons import why
from service.domain.ties.touch import Channel, Kind, Lane, Reason, Touch, Why

SATURDAY = date(2026, 6, 13)


def touch_of(kind: Kind, reason: Reason, day: date, text: str = "", channel: Channel | None = None) -> Touch:
    return Touch(
        tie="t",
        cause="c",
        kind=kind,
        lane=Lane.KEEP,
        day=SATURDAY,
        until=None,
        channel=channel,
        why=Why(reason, day, text),
    )


@pytest.mark.parametrize(
    ("touch", "facts", "lang", "sentence"),
    [
        (
            touch_of(Kind.PROMISE, Reason.PROMISED, SATURDAY, "el contacto de Carmen"),
            Facts(name="Jorge"),
            "es",
            "Prometiste a Jorge el contacto de Carmen para hoy.",
        ),
        (
            touch_of(Kind.FIRST, Reason.MET, date(2026, 6, 12)),
            Facts(name="Nuria", where="la Cámara"),
            "es",
            "Conociste a Nuria ayer en la Cámara y todavía se acuerda de ti.",
        ),
        (
            touch_of(Kind.LATE_HELLO, Reason.MET_LONG_AGO, date(2026, 5, 23)),
            Facts(name="Elena"),
            "es",
            "Conociste a Elena hace tres semanas y aún no le has escrito. Mejor tarde que nunca.",
        ),
        (
            touch_of(Kind.COFFEE, Reason.ANSWERED_WARMLY, date(2026, 6, 6)),
            Facts(name="Sara"),
            "en",
            "Sara wrote back warmly a week ago: a good moment for a coffee.",
        ),
        (
            touch_of(Kind.HELLO, Reason.SILENT, date(2026, 5, 1), channel=Channel.WHATSAPP),
            Facts(name="Clara", line="su viaje a Lyon"),
            "es",
            "Clara te habló de su viaje a Lyon; esta vez, por WhatsApp.",
        ),
        (
            touch_of(Kind.FAVOUR, Reason.TIME, date(2026, 3, 1)),
            Facts(name="Luis", need="un sitio donde entrenar a los chicos"),
            "es",
            "Luis anda buscando un sitio donde entrenar a los chicos. Cinco minutos tuyos le pueden ahorrar una tarde.",
        ),
        (
            touch_of(Kind.HELLO, Reason.TIME, date(2026, 3, 1)),
            Facts(name="Diego"),
            "en",
            "You and Diego haven't talked since March.",
        ),
        (
            touch_of(Kind.RECONNECT, Reason.LONG_SILENCE, date(2021, 3, 1)),
            Facts(name="Íñigo", line="las partidas de mus de la facultad"),
            "es",
            (
                "No hablas con Íñigo desde 2021. Compartisteis las partidas de mus de la facultad, y hoy se mueve en "
                "círculos que tú no pisas."
            ),
        ),
    ],
)
def test_the_sentence_says_the_reason(touch: Touch, facts: Facts, lang: str, sentence: str) -> None:
    assert why(touch, facts, lang=lang, on=SATURDAY) == sentence


@pytest.mark.parametrize("lang", ["es", "en"])
@pytest.mark.parametrize("reason", list(Reason))
@pytest.mark.parametrize("kind", list(Kind))
def test_no_sentence_has_a_gap_whatever_little_is_known(kind: Kind, reason: Reason, lang: str) -> None:
    for day in (SATURDAY, date(2026, 6, 15), date(2026, 5, 20), date(2025, 7, 1), date(2003, 1, 1)):
        sentence = why(touch_of(kind, reason, day, "text."), Facts(name="Nuria"), lang=lang, on=SATURDAY)
        assert GAP not in sentence
        assert "Nuria" in sentence or reason is Reason.BY_HAND
        assert ".." not in sentence


def test_it_does_not_need_a_day() -> None:
    touch = Touch(
        tie="t",
        cause="c",
        kind=Kind.HELLO,
        lane=Lane.KEEP,
        day=SATURDAY,
        until=None,
        channel=None,
        why=Why(Reason.TIME),
    )
    assert why(touch, Facts(name="Diego"), lang="es", on=SATURDAY) == "Hoy toca acordarse de Diego."
