"""What pictures the service gives out: made anew from pixels, whatever stood in the file beside them."""

import zipfile
from contextlib import closing
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image, PngImagePlugin

from service.domain.reading.card import ReadCard
from service.domain.reading.photo import ScreenCopy
from service.storage.reading import photos
from service.web.parts import Parts
from tests.api.asking import Person, picture, reading
from workers import showing

MAKER, GPS = 0x010F, 0x8825
SCRIPT = b"<script>alert(document.domain)</script>"


def whole(size: tuple[int, int] = (640, 400)) -> Image.Image:
    return Image.linear_gradient("L").resize(size).convert("RGB")


def jpeg(**more: object) -> bytes:
    written = BytesIO()
    whole().save(written, "JPEG", **more)
    return written.getvalue()


def with_place() -> bytes:
    exif = Image.Exif()
    exif[MAKER] = "Maker of cameras"
    exif.get_ifd(GPS).update({1: "N", 2: (43.0, 15.0, 46.0), 3: "W", 4: (2.0, 56.0, 6.0)})
    return jpeg(exif=exif, comment=SCRIPT)


def with_zip() -> bytes:
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as writing:
        writing.writestr("hidden.html", SCRIPT)
    return jpeg() + archive.getvalue()


def png_with_script() -> bytes:
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", SCRIPT.decode())
    written = BytesIO()
    whole().save(written, "PNG", pnginfo=text)
    return written.getvalue() + b"<html>" + SCRIPT


HOSTILE = {
    "a place": with_place(),
    "a zip": with_zip(),
    "a page": jpeg() + b"<html>" + SCRIPT,
    "a script in a png": png_with_script(),
}
TRACES = (b"PK\x03\x04", b"<html", b"<script", b"hidden.html", b"Maker of cameras", b"Exif", b"GPS", b"tEXt")


def read(found: Parts, ana: Person, content: bytes) -> str:
    """Send a photo and leave it as a worker does."""
    id_ = str(uuid4())
    assert ana.ask("PUT", f"/photos/{id_}", data=content).status_code == 201
    copy = showing.kept_copy(found.files.put, content)
    squared = found.files.put(picture(90))
    card = ReadCard(((0, 0), (320, 0), (320, 200), (0, 200)), picture(90), 320, 200, reading())
    with found.db.transaction() as tx:
        photo = photos.get(tx, owner=ana.account.id, id=id_)
        photos.finish(tx, photo=photo, cards=[card], pictures=[squared])
        photos.show(tx, id=id_, copy=copy)
    return id_


@pytest.mark.parametrize("content", HOSTILE.values(), ids=list(HOSTILE))
def test_a_picture_is_given_out_without_what_was_hidden_in_its_file(ana: Person, found: Parts, content: bytes) -> None:
    id_ = read(found, ana, content)
    answer = ana.ask("GET", f"/photos/{id_}/image")
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert [trace for trace in TRACES if trace in answer.data] == []
    assert answer.data.endswith(b"\xff\xd9")  # the end of a JPEG, and nothing behind it
    with Image.open(BytesIO(answer.data)) as shown:
        assert (shown.size, dict(shown.getexif())) == ((640, 400), {})
    [card_id] = ana.ask("GET", f"/photos/{id_}").json["cards"]
    for path in ("image", "thumbnail", "fields/name/image"):
        given = ana.ask("GET", f"/cards/{card_id}/{path}")
        assert given.status_code == 200
        assert [trace for trace in TRACES if trace in given.data] == []


def test_the_file_as_it_came_is_only_ever_saved(ana: Person, found: Parts) -> None:
    id_ = read(found, ana, HOSTILE["a page"])
    answer = ana.ask("GET", f"/photos/{id_}/original")
    assert answer.data == HOSTILE["a page"]
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_before_it_was_read_there_is_no_picture(ana: Person, photo_id: str) -> None:
    assert ana.ask("GET", f"/photos/{photo_id}").json["image_url"] is None
    answer = ana.ask("GET", f"/photos/{photo_id}/image")
    assert (answer.status_code, answer.json["code"]) == (404, "no_picture")


def test_a_large_photo_is_shown_smaller_and_says_by_how_much(found: Parts) -> None:
    written = BytesIO()
    whole((4000, 3000)).save(written, "JPEG")
    copy = showing.kept_copy(found.files.put, written.getvalue())
    with closing(found.files.open(copy.sha256)) as file, Image.open(file) as shown:
        assert (shown.size, copy.scale) == ((2000, 1500), 2.0)


def test_photos_read_before_there_were_copies_get_theirs(ana: Person, found: Parts) -> None:
    id_ = read(found, ana, jpeg())
    with found.db.transaction() as tx:
        photos.show(tx, id=id_, copy=ScreenCopy("", 1))
        assert photos.not_shown(tx, limit=5) == [id_]
    showing.show(found.db, found.files, id_)
    assert ana.ask("GET", f"/photos/{id_}/image").status_code == 200
    with found.db.reading() as tx:
        assert photos.not_shown(tx, limit=5) == []
