"""Every sentence of the screens exists in both languages, and every code has one."""

import subprocess
import sys
from pathlib import Path

from apiflask import APIFlask
from babel.messages.pofile import read_po
from flask_babel import Babel

from service.domain.reading.card import Doubt, PhoneType
from service.domain.reading.photo import REASONS
from service.domain.ties.standing import Standing
from service.web.errors import SENTENCES
from service.web.pages.following.tie_wording import STANDINGS
from service.web.pages.wording import DOUBTS, ERRORS, PHONE_TYPES, TROUBLES

WEB = Path(__file__).parents[2] / "service" / "web"


def english(sentence: object) -> str:
    app = APIFlask(__name__)
    Babel(app)
    with app.test_request_context():
        return str(sentence)


def test_every_doubt_and_every_kind_of_number_has_its_words() -> None:
    assert set(DOUBTS) == set(Doubt)
    assert set(PHONE_TYPES) == set(PhoneType)


def test_every_standing_of_a_tie_has_its_words() -> None:
    assert set(STANDINGS) == set(Standing)


def test_a_photo_in_trouble_says_the_same_on_screens_and_in_the_api() -> None:
    assert {code: english(sentence) for code, sentence in TROUBLES.items()} == REASONS


def test_the_errors_of_the_web_are_named_for_translation() -> None:
    assert {sentence for _, sentence in SENTENCES.values()} <= set(map(english, ERRORS))


def test_spanish_says_everything(tmp_path: Path) -> None:
    template = tmp_path / "messages.pot"
    extract = [
        "-m",
        "babel.messages.frontend",
        "-q",
        "extract",
        "-F",
        "babel.cfg",
        "--ignore-dirs=api",
        "-o",
        str(template),
        ".",
    ]
    subprocess.run([sys.executable, *extract], cwd=WEB, check=True, capture_output=True)
    with template.open("rb") as said, (WEB / "translations/es/LC_MESSAGES/messages.po").open("rb") as in_spanish:
        wanted, spanish = read_po(said), read_po(in_spanish, locale="es")
    for message in wanted:
        if message.id:
            kept = spanish[message.id]
            strings = [kept.string] if isinstance(kept.string, str) else kept.string or [""]
            assert all(strings), message.id
            assert not kept.fuzzy, message.id
            assert not list(kept.check(spanish)), message.id
