"""Photos of every kind: the same seed gives the same, cards lie where the truth says, codes say what is printed."""

import numpy as np
import pytest

from bench.invented.cards import invented
from bench.printed.fonts import FAMILIES, LOGO_FACES, files, has, missing
from bench.printed.themes import theme
from bench.seen.photos import MORE_KINDS, SINGLES, photo
from bench.seen.shots import TAKINGS
from workers.extraction.fields.contact.codes import understand

FAMILY = "lato"
lettered = pytest.mark.skipif(
    not files().keys() >= set(FAMILIES[FAMILY].values()),
    reason="The fonts are missing: apt-get install --no-install-recommends fonts-lato",
)


@pytest.mark.skipif(bool(missing()), reason="Not all fonts of the bench are there.")
def test_no_letter_is_printed_as_a_box() -> None:
    words = "áéíóúñüçãõâêàèìòäößåæøżźćńęąśłÁÉÍÓÚÑÜÇÃÕÄÖÅØŻŹĆŃĘĄŚŁ–—’·•|&ºª@€"
    for family in FAMILIES:
        for role in ("text", "bold", "light", "name", "logo"):
            for letter in words:
                face = theme("forest", family, logo=LOGO_FACES[0]).face(role, f"Ma{letter}a")
                assert has(face, letter), (family, role, letter)


def test_every_kind_of_single_card_has_its_way_of_being_taken() -> None:
    assert {*SINGLES, *MORE_KINDS} - {"large", "thing"} <= {*TAKINGS, "easy"}
    assert round(sum(SINGLES.values()), 6) == 1


@lettered
@pytest.mark.parametrize("kind", ["scan", "held", "alike", "dark", "edge", "stack"])
def test_a_card_lies_where_the_truth_says(kind: str) -> None:
    made = photo(41, kind=kind, lang="es", family=FAMILY)
    (quad,) = made.taken.quads
    beyond = 0.04 * np.linalg.norm(quad[1] - quad[0])
    assert (quad >= -beyond).all()
    assert (quad <= np.array(made.taken.picture.size) + beyond).all()
    assert len(made.cards) == 1


@lettered
def test_a_crowd_is_nine_to_twelve_cards_and_a_thing_is_none() -> None:
    assert 9 <= len(photo(41, kind="crowd", lang="es", family=FAMILY).cards) <= 12
    assert photo(41, kind="thing").cards == ()


@lettered
def test_the_same_seed_takes_the_same_photo() -> None:
    assert (
        photo(43, kind="held", lang="it", family=FAMILY).jpeg == photo(43, kind="held", lang="it", family=FAMILY).jpeg
    )


def test_a_code_says_what_is_printed() -> None:
    coded = [content for seed in range(300) if (content := invented(seed)).qr]
    assert coded
    for content in coded:
        contact = understand([content.qr])
        assert contact is not None, content.qr
        assert set(contact.emails) <= {mail.lower() for mail in content.truth.get("emails", [])}
        assert {phone.e164 for phone in contact.phones} <= {
            phone.get("e164") for phone in content.truth.get("phones", [])
        }
