"""fixtures/cards: every card has its photo, its expected vCard and its row of truth, and they say the same."""

import json
import tomllib
from io import BytesIO
from pathlib import Path

import pillow_heif
import pytest
import vobject
from PIL import Image

from fixtures.cards.specimen import truth_of, vcard_of

FOLDER = Path(__file__).parent.parent.parent / "fixtures" / "cards"
PHOTOS = tomllib.loads((FOLDER / "cards.toml").read_text(encoding="utf-8"))["photo"]
ROWS = [json.loads(row) for row in (FOLDER / "truth.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("photo", PHOTOS, ids=lambda photo: photo["file"])
def test_the_truth_is_what_the_card_says(photo: dict[str, object]) -> None:
    row = next(row for row in ROWS if row["file"] == photo["file"])
    cards = photo.get("card", [])
    assert isinstance(cards, list)
    assert row["cards"] == [truth_of(card) for card in cards]


@pytest.mark.parametrize("photo", PHOTOS, ids=lambda photo: photo["file"])
def test_the_expected_vcard_is_there_and_can_be_read(photo: dict[str, object]) -> None:
    path = (FOLDER / str(photo["file"])).with_suffix(".vcf")
    cards = photo.get("card", [])
    assert isinstance(cards, list)
    if not cards:
        assert not path.exists()
        return
    text = path.read_bytes().decode()
    assert text == "".join(vcard_of(card, key=f"{photo['file']}/{n}") for n, card in enumerate(cards))
    assert len(list(vobject.readComponents(text))) == len(cards)


def test_every_photo_opens_and_the_folder_stays_small() -> None:
    pillow_heif.register_heif_opener()
    for photo in PHOTOS:
        with Image.open(BytesIO((FOLDER / str(photo["file"])).read_bytes())) as picture:
            assert min(picture.size) >= 1200
    assert sum(path.stat().st_size for path in FOLDER.iterdir() if path.is_file()) < 6_000_000


def test_the_catalogue_names_every_photo() -> None:
    catalogue = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert all(f"| {photo['file']} |" in catalogue for photo in PHOTOS)
