import pytest

from workers.extraction.fields.words.spelling import company_in_label, name_in_box


@pytest.mark.parametrize(
    "box",
    ["ana.garcia", "agarcia", "a.garcia", "anag", "garcia_ana", "ana-garcia82", "angarcia", "ana.garcia.lopez", "agl"],
)
def test_a_mailbox_spells_a_name_by_words_prefixes_and_initials(box: str) -> None:
    assert name_in_box(("Ana", "García", "López"), box) >= 0.5


@pytest.mark.parametrize("box", ["info", "ventas", "j.smith", "contacto"])
def test_a_shared_or_foreign_mailbox_says_nothing(box: str) -> None:
    assert name_in_box(("Ana", "García", "López"), box) == 0.0


def test_umlauts_may_be_written_with_an_e() -> None:
    assert name_in_box(("Jörg", "Müller"), "joerg.mueller") == 1.0


@pytest.mark.parametrize(
    ("words", "label", "least"),
    [
        (("Talleres", "Roble"), "talleresroble", 1.0),
        (("Talleres", "Roble", "e", "Hijos"), "roble", 1.0),
        (("Nordic", "Steel", "Works"), "nsw", 0.8),
        (("AUTO", "PIEZAS", "ROBLE"), "robleautopiezas", 1.0),
        (("Müller",), "mueller", 1.0),
    ],
)
def test_a_domain_spells_a_company(words: tuple[str, ...], label: str, least: float) -> None:
    assert company_in_label(words, label) >= least


def test_a_slogan_does_not_spell_the_domain() -> None:
    assert company_in_label(("Calidad", "y", "confianza"), "talleresroble") == 0.0
