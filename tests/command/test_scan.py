"""`undrawer scan` as a person or a script calls it: the program itself, on real photos and on what is none."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import psutil
import pytest
import vobject

from tests.real_parts import PATIENCE_SECONDS

CARDS = Path(__file__).parent.parent.parent / "fixtures" / "cards"
UNDRAWER = str(Path(sys.executable).with_name("undrawer"))


def scan(*arguments: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([UNDRAWER, "scan", *map(str, arguments)], input=stdin, capture_output=True, check=False)


def lines(finished: subprocess.CompletedProcess[bytes]) -> dict[str, dict[str, Any]]:
    return {Path(line["file"]).name: line for line in map(json.loads, finished.stdout.splitlines())}


@pytest.mark.ocr
def test_every_photo_gives_a_line_with_what_its_cards_say() -> None:
    finished = scan(CARDS / "dark-card.jpg", CARDS / "table-of-four.jpg")
    found = lines(finished)
    assert finished.returncode == 0
    assert finished.stderr == b""
    assert found["dark-card.jpg"]["cards"][0]["name"] == "Imogen Hartwell"
    assert found["dark-card.jpg"]["cards"][0]["phones"][0]["e164"] == "+442079460182"
    assert len(found["table-of-four.jpg"]["cards"]) == 4


@pytest.mark.ocr
def test_a_photo_without_a_card_gives_no_cards_and_is_no_failure() -> None:
    finished = scan(CARDS / "receipt.jpg")
    assert lines(finished)["receipt.jpg"]["cards"] == []
    assert lines(finished)["receipt.jpg"]["note"]["code"] == "no_card"
    assert finished.returncode == 0


@pytest.mark.ocr
def test_among_vcards_a_photo_without_a_card_is_told_of_on_the_side() -> None:
    finished = scan("--format", "vcard", CARDS / "receipt.jpg")
    assert finished.stdout == b""
    assert b"receipt.jpg: No card was found" in finished.stderr


def test_what_has_no_end_is_too_big() -> None:
    assert lines(scan("/dev/zero"))["zero"]["error"]["code"] == "too_big"


@pytest.mark.ocr
def test_bad_files_give_an_error_each_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "words.jpg").write_text("no photo at all")
    (tmp_path / "empty.jpg").touch()
    (tmp_path / "short.jpg").write_bytes((CARDS / "dark-card.jpg").read_bytes()[:9000])
    bad = [tmp_path / name for name in ("words.jpg", "empty.jpg", "short.jpg", "missing.jpg")]
    finished = scan(*bad, tmp_path, CARDS / "two-phones.jpg")
    found = lines(finished)
    codes = {name: line["error"]["code"] for name, line in found.items() if "error" in line}
    assert codes == {
        "words.jpg": "not_an_image",
        "empty.jpg": "empty",
        "short.jpg": "cut_short",
        "missing.jpg": "cannot_open",
        tmp_path.name: "cannot_open",
    }
    assert all(line["error"]["message"] for name, line in found.items() if name in codes)
    assert found["two-phones.jpg"]["cards"]
    assert finished.returncode == 1


@pytest.mark.ocr
@pytest.mark.parametrize("reader", ["rapidocr", "tesseract"])
def test_each_reader_reads_from_standard_input(reader: str) -> None:
    finished = scan("--reader", reader, "-", stdin=(CARDS / "two-phones.jpg").read_bytes())
    assert lines(finished)["-"]["cards"][0]["phones"]
    assert finished.returncode == 0


@pytest.mark.ocr
def test_vcards_can_be_imported_and_are_the_same_contact_every_time() -> None:
    photo = CARDS / "two-surnames.jpg"
    finished = scan("--format", "vcard", photo, photo, "/missing.jpg")
    first, second = vobject.readComponents(finished.stdout.decode())
    assert first.n.value.family
    assert first.uid.value == second.uid.value
    assert b"/missing.jpg: The file cannot be opened" in finished.stderr
    assert finished.returncode == 1


def test_a_name_that_is_no_text_is_still_told() -> None:
    finished = scan(os.fsdecode(b"/tarjeta-\xf1.jpg"))
    assert lines(finished)["tarjeta-\N{REPLACEMENT CHARACTER}.jpg"]["error"]["code"] == "cannot_open"


def test_without_a_photo_it_says_how_it_is_used() -> None:
    finished = scan()
    assert finished.returncode == 2
    assert b"Usage:" in finished.stderr


@pytest.mark.ocr
def test_it_ends_quietly_with_all_its_processes() -> None:
    # Tests that were started in the background are deaf to Ctrl-C, and their children with them.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    many = [str(CARDS / "table-of-four.jpg")] * 40
    with subprocess.Popen([UNDRAWER, "scan", *many], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.readline()
        family = psutil.Process(running.pid).children(recursive=True)
        os.kill(running.pid, signal.SIGINT)
        rest, complaints = running.communicate(timeout=PATIENCE_SECONDS)
    assert running.returncode == 130
    assert complaints == b""
    assert rest.count(b"\n") < 30
    assert psutil.wait_procs(family, timeout=PATIENCE_SECONDS)[1] == []


def test_a_reader_of_its_output_who_leaves_ends_it_quietly() -> None:
    missing = [f"/missing-{n}.jpg" for n in range(3000)]
    with subprocess.Popen([UNDRAWER, "scan", *missing], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.readline()
        running.stdout.close()
        complaints = running.stderr.read()
    assert complaints == b""
    assert running.returncode == 1
