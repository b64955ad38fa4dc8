"""The print behind a value: cut out of the picture of its side, and nobody else's."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from service.domain.reading.card import Box, Evidence, Found, Reading
from service.storage.reading.pictures import cut
from service.web.parts import Parts
from tests.api.asking import Person, picture
from tests.api.test_sides import BACK, FRONT, keep


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGB")


def test_a_field_shows_the_print_it_was_read_from(ana: Person, card_id: str) -> None:
    answer = ana.ask("GET", f"/cards/{card_id}/fields/name/image")
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert opened(answer.data).size == (200 + 2 * 7, 24 + 2 * 7)
    again = ana.ask("GET", f"/cards/{card_id}/fields/name/image", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert ana.ask("GET", f"/cards/{card_id}/fields/emails.0/image").status_code == 200


@pytest.mark.parametrize("field", ["phones.0", "title", "emails.1", "emails", "emails.-1", "nothing", "name.0", "../x"])
def test_a_field_that_is_not_printed_is_not_found(ana: Person, card_id: str, field: str) -> None:
    assert ana.ask("GET", f"/cards/{card_id}/fields/{field}/image").status_code == 404


def test_a_value_of_the_back_is_cut_from_the_back(ana: Person, found: Parts) -> None:
    front, back = keep(found, ana, FRONT, 10), keep(found, ana, BACK, 250)
    ana.ask("PATCH", f"/cards/{back}", json={"side_of": front})
    shades = {
        field: opened(ana.ask("GET", f"/cards/{front}/fields/{field}/image").data).getpixel((5, 5))
        for field in ("name", "org")
    }
    assert {field: round(shade[0], -1) for field, shade in shades.items() if isinstance(shade, tuple)} == {
        "name": 10,
        "org": 250,
    }


def test_somebody_elses_print_is_not_shown(bruno: Person, card_id: str) -> None:
    assert bruno.ask("GET", f"/cards/{card_id}/fields/name/image").status_code == 404


@pytest.mark.parametrize(
    "box", [Box(0, 0, 320, 200), Box(-50, -50, 20, 20), Box(900, 900, 5, 5), Box(10, 10, 0, 0), Box(319, 199, 99, 99)]
)
def test_a_box_beside_the_picture_still_gives_a_picture(found: Parts, box: Box) -> None:
    kept = found.files.put(picture(7))
    with found.files.open(kept) as file:
        part = opened(cut(file, box))
    assert 1 <= part.width <= 320
    assert 1 <= part.height <= 200


def test_a_value_from_a_code_has_no_print(ana: Person, found: Parts) -> None:
    coded = replace(Reading(), org=Found("Faro Norte", Evidence(engines=("code",), confidence=1)))
    card = keep(found, ana, coded, 60)
    assert ana.ask("GET", f"/cards/{card}/fields/org/image").json["code"] == "field"
