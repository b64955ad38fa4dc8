"""From photo bytes to readings, with the real engines, on the project's own photos."""

import io
import json
import logging
from pathlib import Path
from typing import Any

import pytest
import segno
from PIL import Image

from service.domain.reading.card import ReadCard
from tests.extraction import drawn
from workers.extraction import load, read
from workers.extraction.fields.world import gazetteer

pytestmark = pytest.mark.ocr
CARDS = Path(__file__).parents[2] / "fixtures" / "cards"
TRUTH = {row["file"]: row["cards"] for row in map(json.loads, (CARDS / "truth.jsonl").read_text("utf-8").splitlines())}


def mails(cards: list[ReadCard]) -> list[str]:
    return [found.value for card in cards for found in card.reading.emails]


@pytest.mark.parametrize("name", sorted(TRUTH))
def test_each_of_our_photos_gives_its_cards(name: str) -> None:
    true: list[dict[str, Any]] = TRUTH[name]
    cards = read((CARDS / name).read_bytes())
    assert len(cards) == len(true)
    wanted = sorted(mail for card in true for mail in card.get("emails", []))
    assert sorted(mails(cards)) == wanted


def test_a_card_comes_with_its_picture_and_its_place() -> None:
    (card,) = read(drawn.encoded(drawn.photo(), quality=90))
    picture = Image.open(io.BytesIO(card.picture))
    assert picture.format == "JPEG"
    assert picture.size == (card.width, card.height)
    assert all(0 <= x < 1200 and 0 <= y < 900 for x, y in card.corners)


@pytest.mark.parametrize("reader", ["rapidocr", "tesseract"])
def test_either_reader_alone_reads_a_card(reader: Any) -> None:
    load(reader)
    (card,) = read((CARDS / "two-surnames.jpg").read_bytes(), reader=reader)
    assert [mail.value for mail in card.reading.emails] == TRUTH["two-surnames.jpg"][0]["emails"]
    assert {mail.evidence.engines for mail in card.reading.emails} == {(reader,)}


def test_lists_are_in_memory_before_a_worker_forks() -> None:
    load()
    assert gazetteer.cities.cache_info().currsize == 1


def test_a_code_on_the_card_is_read() -> None:
    held = io.BytesIO()
    segno.make("MECARD:N:Olmos,Lucia;EMAIL:olmos@ribera.example;;").save(held, kind="png", scale=6)
    code = drawn.pixels_of(held.getvalue())
    card = drawn.card()
    card[250 : 250 + code.shape[0], 600 : 600 + code.shape[1]] = code
    (found,) = read(drawn.encoded(card))
    assert "olmos@ribera.example" in [mail.value for mail in found.reading.emails]


def test_an_empty_table_gives_no_card() -> None:
    assert read(drawn.encoded(drawn.table())) == []


def test_the_same_bytes_give_the_same_reading() -> None:
    photo = (CARDS / "dark-card.jpg").read_bytes()
    assert read(photo) == read(photo)


def test_nothing_that_a_card_says_is_logged(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        read(drawn.encoded(drawn.photo(), quality=90))
    said = caplog.text + "".join(capfd.readouterr())
    assert not any(word in said for line in drawn.LINES for word in line.split() if len(word) > 4)
