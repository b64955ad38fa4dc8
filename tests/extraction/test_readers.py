"""The two readers: what they read, and that their quirks stay behind their doors."""

import subprocess
import sys

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.extraction import drawn
from workers.extraction.readers import rapidocr, recogniser, tesseract
from workers.extraction.readers.seen import Seen

pytestmark = pytest.mark.ocr
UMLAUTS = "Jörg Müßig, Çelik & Ñandú"


def printed(text: str, *, ink: str = "black", paper: str = "white", letters: int = 40) -> drawn.Pixels:
    """One line of print; OpenCV's own font has every Latin letter."""
    image = np.full(
        (round(letters * 1.7), 24 * len(text) * letters // 40 + 40, 3), 255 if paper == "white" else 30, np.uint8
    )
    face = cv2.FontFace("sans")
    grey = 0 if ink == "black" else 240
    cv2.putText(image, text, (15, round(letters * 1.15)), (grey, grey, grey), face, letters)
    used = np.flatnonzero(np.ptp(image.astype(int), axis=(0, 2)))
    return np.ascontiguousarray(image[:, : used[-1] + 15])


@pytest.mark.parametrize("text", ["+34 945 123 456", "lucia@arriaga.example", UMLAUTS, "Calle Mayor 12, 3 B"])
def test_the_recogniser_reads_a_line_with_its_accents(text: str) -> None:
    seen = recogniser.recognise(printed(text))
    assert seen.text.replace(" ", "") == text.replace(" ", "")
    assert 0 < seen.weakest <= seen.confidence <= 1


def test_the_recogniser_turns_to_all_alphabets_where_no_latin_letter_fits() -> None:
    image = np.full((70, 260, 3), 255, np.uint8)
    cv2.putText(image, "中村工業", (15, 50), (0, 0, 0), cv2.FontFace("uni"), 44)
    if np.ptp(image) == 0:
        pytest.skip("this OpenCV carries no Chinese letters")
    assert "村" in recogniser.recognise(image).text


def test_the_cut_head_gives_what_the_whole_network_gives() -> None:
    net = recogniser.network()
    line = printed(UMLAUTS)
    scores, features = net.session.run(None, {"x": recogniser.prepared(line)})
    whole = recogniser.decoded(features[0] @ net.weights + net.bias, net.alphabet, line)
    assert recogniser.decoded(scores[0], net.latin, line).text == whole.text


@pytest.mark.parametrize("text", ["Lohnbuchhaltung und Hausbesuche", "anna.berger@muellerhoffmann.example"])
def test_letters_that_stand_too_close_for_the_network_are_read_wider(text: str) -> None:
    usual = printed(text)
    half = (usual.shape[1] // 2, usual.shape[0])
    condensed = np.asarray(cv2.resize(usual, half, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    assert recogniser.looked_at(condensed).text != text
    assert recogniser.recognise(condensed).text == text


@pytest.mark.parametrize("size", [(4, 4), (4, 900), (900, 4), (1, 1), (3000, 40)])
def test_the_recogniser_survives_any_shape(size: tuple[int, int]) -> None:
    assert isinstance(recogniser.recognise(np.zeros((*size, 3), np.uint8)), Seen)


@pytest.mark.parametrize("size", [(20, 20), (1, 500), (10, 3000), (300, 300)])
def test_the_detector_finds_nothing_in_nothing(size: tuple[int, int]) -> None:
    assert rapidocr.text_boxes(np.zeros((*size, 3), np.uint8), side_px=480).shape == (0, 4, 2)


def test_the_detector_finds_what_it_finds_with_its_own_preparation() -> None:
    detector = rapidocr.engine()._load_det_model()  # noqa: SLF001 - the only way to it
    detector.limit_side_len = 480
    own = np.asarray(detector(drawn.photo()).boxes, np.float32)
    assert len(own) == len(drawn.LINES)
    assert np.array_equal(rapidocr.text_boxes(drawn.photo(), side_px=480), own)


def test_the_classifier_tells_feet_from_head_and_leaves_the_lines_as_they_are() -> None:
    lines = [printed("Viaductos Arriaga S.L."), printed("Directora de Obras")]
    turned = [np.ascontiguousarray(line[::-1, ::-1]) for line in lines]
    before = turned[0].copy()
    assert rapidocr.upright_vote(lines) > 0 > rapidocr.upright_vote(turned)
    assert (turned[0] == before).all()


def test_tesseract_reads_a_stack_of_lines_each_in_its_place() -> None:
    texts = ["+34 945 123 456", "Directora de Obras", "www.arriaga.example"]
    seen = tesseract.recognise([printed(text) for text in texts], lang="es")
    assert [one.text for one in seen] == texts
    assert all(one.confidence > 0.6 for one in seen)


def test_tesseract_reads_light_letters_on_dark() -> None:
    (seen,) = tesseract.recognise([printed("Directora de Obras", ink="white", paper="dark")])
    assert seen.text == "Directora de Obras"


def test_tesseract_says_nothing_of_an_empty_line() -> None:
    blank = np.full((50, 400, 3), 255, np.uint8)
    assert [one.text for one in tesseract.recognise([blank, printed("Directora"), blank])] == ["", "Directora", ""]


def test_tesseract_is_not_started_for_no_lines() -> None:
    assert tesseract.recognise([]) == []


def test_a_missing_tesseract_leaves_lines_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pytesseract.pytesseract.tesseract_cmd", "/no/such/program")
    tesseract.installed.cache_clear()
    try:
        assert tesseract.recognise([printed("Directora")]) == [tesseract.UNREAD]
    finally:
        tesseract.installed.cache_clear()


@pytest.mark.parametrize("does", ["sleep 60", "exit 1", "kill -9 $$", "head -c 3000 /dev/urandom", "true"])
def test_a_misbehaving_tesseract_leaves_lines_unread(
    does: str, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    tesseract.installed()
    program = tmp_path_factory.mktemp("bin") / "tesseract"
    program.write_text(f'#!/bin/sh\n[ "$1" = "--version" ] && {{ echo tesseract 5.3.0; exit 0; }}\n{does}\n')
    program.chmod(0o755)
    monkeypatch.setattr("pytesseract.pytesseract.tesseract_cmd", str(program))
    monkeypatch.setattr(tesseract, "TIMEOUT_SECONDS", 1)
    assert tesseract.recognise([printed("Directora")]) == [tesseract.UNREAD]


def test_tesseract_is_held_to_one_thread_and_nothing_else_is() -> None:
    ask = (
        "import os, pytesseract, workers.extraction.readers.tesseract\n"
        "print(pytesseract.pytesseract.environ['OMP_THREAD_LIMIT'], os.environ.get('OMP_THREAD_LIMIT'))"
    )
    said = subprocess.run(
        [sys.executable, "-c", ask], capture_output=True, text=True, check=True, env={"PATH": "/usr/bin:/bin"}
    )
    assert said.stdout.split() == ["1", "None"]


def test_pillows_own_font_is_read_as_well() -> None:
    image = Image.new("RGB", (700, 70), "white")
    ImageDraw.Draw(image).text((15, 10), "Viaductos Arriaga S.L.", fill="black", font=ImageFont.load_default(40))
    assert recogniser.recognise(np.asarray(image)[:, :, ::-1].copy()).text == "Viaductos Arriaga S.L."
