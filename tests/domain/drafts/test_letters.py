"""Drafts: every letter in every language, specific or asking, never selling and never reproachful."""

from dataclasses import fields
from datetime import date

import pytest

from service.domain.drafts import draft
from service.domain.drafts.facts import Facts
from service.domain.drafts.filling import GAP, gaps
from service.domain.drafts.letters import letter_of
from service.domain.drafts.selling import sells
from service.domain.drafts.texts import LANGUAGES, texts_of
from service.domain.ties.touch import Kind, Lane, Reason, Touch, Why

SATURDAY = date(2026, 6, 13)
TAGS = (*LANGUAGES, "pt-BR")
LETTERS = sorted({name for name, _ in texts_of("es").letters})
HOWS = ("informal", "formal")
NURIA = Facts(name="Nuria", full_name="Nuria Vidal")
ALL_KNOWN = Facts(
    name="Nuria",
    full_name="Nuria Vidal",
    where="la Cámara",
    met=date(2026, 6, 11),
    line="la mudanza",
    need="un local",
    offer="filtros",
    ground="el pádel",
    promise="el contacto de Carmen",
    received="hablarle de mí a Teresa",
    referred="Teresa",
    gift="un artículo",
    times="el martes",
    day=date(2026, 6, 18),
    place="Lyon",
    by="Ana",
    activity="una cata",
    hour="20:00",
    link="https://ana.example/i/x",
    title="directora",
    news="el premio",
    person="Teresa",
    other="Luis",
    seeking="una clínica",
    channel="mail",
    answered=True,
    near=True,
)
REPROACHES = (
    "no sé si te llegó", "no sé si le llegó", "no me has contestado", "sin noticias tuyas", "did you get my",
    "haven't heard back", "following up", "não recebi resposta", "sans réponse", "relance", "noch keine antwort",
    "nachhaken", "non ho ricevuto risposta", "sollecito",
)  # fmt: skip


@pytest.mark.parametrize("lang", TAGS)
def test_every_language_has_every_letter_in_both_manners(lang: str) -> None:
    assert {(name, how) for name in LETTERS for how in HOWS} == set(texts_of(lang).letters)


@pytest.mark.parametrize("lang", TAGS)
def test_every_gap_is_a_fact_that_can_be_known(lang: str) -> None:
    texts = texts_of(lang)
    pieces = [piece for text in texts.letters.values() for piece in (text.subject, *text.body, (text.greeting,))]
    asked = {gap.removeprefix("?") for piece in pieces for wording in piece for gap in gaps(wording)}
    assert asked <= {field.name for field in fields(Facts)}


@pytest.mark.parametrize("lang", TAGS)
@pytest.mark.parametrize("formal", [False, True])
@pytest.mark.parametrize("letter", LETTERS)
def test_with_everything_known_nothing_is_missing_and_nothing_sells(lang: str, letter: str, *, formal: bool) -> None:
    written = draft(letter, ALL_KNOWN, lang=lang, formal=formal, sender="Marcos", on=SATURDAY)
    assert written.missing == ()
    assert GAP not in written.text + written.subject
    assert sells(written.text) == ()
    assert written.text.endswith("\nMarcos")
    assert written.text.count("?") + written.text.count("¿") <= 4, "one question, at most two in a breath"


@pytest.mark.parametrize("lang", TAGS)
@pytest.mark.parametrize("formal", [False, True])
@pytest.mark.parametrize("letter", LETTERS)
def test_no_letter_reproaches_silence(lang: str, letter: str, *, formal: bool) -> None:
    text = draft(letter, ALL_KNOWN, lang=lang, formal=formal, sender="Marcos", on=SATURDAY).text.casefold()
    assert not [reproach for reproach in REPROACHES if reproach in text]


@pytest.mark.parametrize("lang", TAGS)
@pytest.mark.parametrize("letter", ["first", "hello", "favour", "promise", "thank", "reconnect", "ask", "congratulate"])
def test_with_nothing_known_it_asks_instead_of_inventing(lang: str, letter: str) -> None:
    written = draft(letter, NURIA, lang=lang, formal=False, sender="Marcos", on=SATURDAY)
    assert len(written.missing) == 1, "one question to the user"
    assert GAP in written.text


@pytest.mark.parametrize("lang", TAGS)
@pytest.mark.parametrize("formal", [False, True])
def test_the_first_message_says_where_and_when_they_met(lang: str, *, formal: bool) -> None:
    known = Facts(name="Nuria", full_name="Nuria Vidal", where="Foro Norte", met=date(2026, 6, 12))
    written = draft("first", known, lang=lang, formal=formal, sender="Marcos", on=SATURDAY)
    assert written.missing == ()
    assert "Foro Norte" in written.text
    assert texts_of(lang).days.yesterday in written.text


def test_the_first_message_reads_as_a_person_would_write_it() -> None:
    known = Facts(name="Nuria", where="la Cámara", met=date(2026, 6, 11), line="la mudanza del almacén")
    written = draft("first", known, lang="es", formal=False, sender="Marcos", on=SATURDAY)
    assert written.subject == "Nos vimos en la Cámara"
    assert written.text == (
        "Hola, Nuria:\n\nMe quedé con ganas de seguir charlando el jueves en la Cámara, sobre todo de la mudanza del "
        "almacén. Te dejo mi contacto; por aquí me tienes.\n\nUn saludo,\nMarcos"
    )


def test_a_chat_has_no_paragraphs() -> None:
    known = Facts(name="Sara", line="el taller nuevo", answered=True, near=True)
    assert draft("coffee", known, lang="es", formal=False, sender="Marcos", on=SATURDAY, chat=True).text == (
        "Hola, Sara:\nMe alegró mucho leerte. ¿Te apetece un café la semana que viene? Dime qué día te viene bien y me "
        "acerco a tu zona con gusto. Así me cuentas qué tal el taller nuevo.\nUn abrazo, Marcos"
    )


def test_german_goes_on_small_after_the_greeting_and_begins_sentences_with_a_capital() -> None:
    known = Facts(name="Jana", answered=True)
    text = draft("coffee", known, lang="de", formal=False, sender="Marcos", on=SATURDAY).text
    assert "Hallo Jana,\n\nich habe mich sehr gefreut" in text
    assert "Hast du nächste Woche Lust" in text


def test_a_subject_that_would_have_a_gap_is_left_out() -> None:
    assert draft("promise", NURIA, lang="es", formal=False, sender="Marcos", on=SATURDAY).subject == ""


def test_brazil_is_written_to_as_brazil_writes_and_an_unknown_language_in_english() -> None:
    known = Facts(name="Ana", ground="o vôlei")
    assert "você" in draft("hello", known, lang="pt-BR", formal=False, sender="Marcos", on=SATURDAY).text
    assert "andas a fazer" in draft("hello", known, lang="pt-PT", formal=False, sender="Marcos", on=SATURDAY).text
    assert draft("hello", known, lang="ja", formal=False, sender="Marcos", on=SATURDAY).text.startswith("Hi Ana,")


@pytest.mark.parametrize(
    ("lang", "line", "joined"),
    [
        ("es", "el taller nuevo", "me contaste del taller nuevo"),
        ("es", "El Corte Azul", "me contaste de El Corte Azul"),
        ("es", "la mudanza", "me contaste de la mudanza"),
    ],
)
def test_a_preposition_runs_together_with_the_article_behind_it(lang: str, line: str, joined: str) -> None:
    known = Facts(name="Nuria", line=line)
    assert joined in draft("hello", known, lang=lang, formal=False, sender="M", on=SATURDAY).text


@pytest.mark.parametrize(
    ("lang", "line", "joined"),
    [
        ("fr", "le vin", "surtout du vin"),
        ("fr", "un projet", "surtout d'un projet"),
        ("it", "gli ulivi", "soprattutto degli ulivi"),
    ],
)
def test_french_and_italian_run_them_together_too(lang: str, line: str, joined: str) -> None:
    known = Facts(name="Nuria", line=line)
    assert joined in draft("first", known, lang=lang, formal=False, sender="M", on=SATURDAY).text


@pytest.mark.parametrize(
    ("where", "joined"),
    [
        ("Feria de Bilbao", "en la Feria de Bilbao."),
        ("congreso de Vigo", "en el congreso de Vigo."),
        ("Vigo", "en Vigo."),
    ],
)
def test_spanish_gives_a_fair_and_its_like_their_article(where: str, joined: str) -> None:
    known = Facts(name="Nuria", where=where, met=SATURDAY)
    assert joined in draft("first", known, lang="es", formal=False, sender="M", on=SATURDAY).text


@pytest.mark.parametrize(("other", "joined"), [("Luis", "y Luis"), ("Inés", "e Inés"), ("Ian", "y Ian")])
def test_spanish_says_e_before_the_sound_of_i(other: str, joined: str) -> None:
    known = Facts(name="Nuria", other=other, need="un local")
    text = draft("introduction", known, lang="es", formal=False, sender="M", on=SATURDAY).text
    assert text.startswith(f"Hola, Nuria {joined}:")


@pytest.mark.parametrize(("place", "joined"), [("En casa", "cata, en casa."), ("Bodega Lur", "cata, en Bodega Lur.")])
def test_spanish_says_in_once(place: str, joined: str) -> None:
    known = Facts(name="Nuria", activity="una cata", day=date(2026, 6, 18), place=place)
    assert joined in draft("invite", known, lang="es", formal=False, sender="M", on=SATURDAY).text


def test_a_full_stop_that_was_noted_does_not_stand_twice() -> None:
    known = Facts(name="Nuria", line="la mudanza.")
    text = draft("hello", known, lang="es", formal=False, sender="M", on=SATURDAY).text
    assert "la mudanza. " in text
    assert ".." not in text


def test_what_the_user_noted_may_hold_braces() -> None:
    known = Facts(name="Nuria", line="las {llaves} y {0}")
    assert "las {llaves} y {0}" in draft("hello", known, lang="es", formal=False, sender="M", on=SATURDAY).text


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("lane", list(Lane))
def test_every_touch_has_its_letter(kind: Kind, lane: Lane) -> None:
    assert letter_of(touch_of(kind, lane)) in LETTERS


def test_the_coffee_offered_to_a_silent_card_names_no_day() -> None:
    assert letter_of(touch_of(Kind.COFFEE, Lane.TRY)) == "open_offer"
    assert letter_of(touch_of(Kind.COFFEE, Lane.KEEP)) == "coffee"


def touch_of(kind: Kind, lane: Lane) -> Touch:
    why = Why(reason=Reason.TIME)
    return Touch(tie="t", cause="c", kind=kind, lane=lane, day=SATURDAY, until=None, channel=None, why=why)
