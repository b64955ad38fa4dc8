"""The quiet check for selling: what people write in pitches, and what they write to friends."""

import pytest

from service.domain.drafts.selling import Span, sells


@pytest.mark.parametrize(
    "text",
    [
        "Te mando nuestra lista de precios, por si os interesa.",
        "Tenemos una OFERTA especial este mes.",
        "Podríamos encontrar sinergias entre las dos empresas.",
        "We have a 20% off deal this week.",
        "Shall I book a demo for you?",
        "I'd like to tell you about our services.",
        "Posso mandar-lhe a nossa proposta comercial?",
        "Um orçamento sem compromisso, claro.",
        "Je vous propose un essai gratuit.",
        "Voici nos tarifs.",
        "Gern schicke ich Ihnen ein unverbindliches Angebot.",
        "Unsere Lösungen sind schlüsselfertig.",
        "Le invio il nostro listino.",
        "Un preventivo gratuito e senza impegno.",
        "Desde 49 € / mes.",
    ],
)
def test_a_pitch_is_noticed(text: str) -> None:
    assert sells(text)


@pytest.mark.parametrize(
    "text",
    [
        "Me acordé de ti. ¿Cómo va la mudanza del almacén?",
        "Thanks for the coffee, it was lovely to talk about the garden.",
        "Gostei muito de te ler. Como está a tua filha?",
        "J'ai repensé à notre discussion sur les vignes.",
        "Ich habe mich gefreut, von dir zu hören. Wie war der Urlaub?",
        "Mi ha fatto piacere. Ci vediamo martedì al bar?",
        "",
    ],
)
def test_a_friendly_word_is_not(text: str) -> None:
    assert sells(text) == ()


def test_it_says_where_the_word_stands_as_it_was_written() -> None:
    text = "Aquí tienes el Catálogo ﬁnal."
    assert sells(text) == (Span(15, 23, "Catálogo"),)
