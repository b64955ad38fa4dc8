"""Photos over HTTP: send, list, look at, read again, delete."""

import hashlib
from uuid import UUID

from flask import Response, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from service.domain.errors import BadValue, NotFound, NotSignedIn, UndrawerError
from service.domain.reading.photo import LOST, check_size
from service.storage.reading import cards, photos
from service.storage.reading.photos import Photo
from service.web.api.document import gives, media, refusals
from service.web.api.doors import kept_file, noun, owner
from service.web.api.multipart import FORM, arrived_form
from service.web.api.shapes.photo import (
    Arrival,
    Arrivals,
    PhotoAnswer,
    PhotoHeaders,
    PhotoQuery,
    PhotosAnswer,
    PhotosForm,
    PhotosQuery,
    PhotoSummary,
)
from service.web.api.shapes.text import Problem
from service.web.errors import Trouble, answer, problem, trouble_of
from service.web.parts import parts
from service.web.upload import plain_name, read_again, take_in, take_in_spoken, throw_away, unsay

bp = noun("photos", about="What was uploaded, kept as it came.")

_BYTES = {"required": True, "content": media("image/jpeg", "image/png", "image/webp", "image/heic", "image/tiff")}
_TOLD = {"application/json": {"schema": {"$ref": "#/components/schemas/PhotoAnswer"}}}
_PUT_ANSWERS = {200: {"description": "The photo was kept before.", "content": _TOLD}} | refusals(
    _400="What arrived has another hash than `X-Sha256` says.",
    _409="The id is taken by another photo.",
    _413="The photo is too big.",
    _414="The address is too long; say it in fewer words.",
    _415="The bytes are no photo that can be read.",
)
_SOUND = {"required": True, "content": media("audio/webm", "audio/ogg", "audio/mp4")}
_SOUND_ANSWERS = refusals(_413="The note is too long.", _415="The bytes are no recording.")


@bp.post("/photos")
@bp.output(Arrivals, status_code=202, description="At least one file was kept; each has its own entry.")
@bp.doc(extensions={"requestBody": FORM}, responses=refusals(_422="No file was kept; `photos` says why for each."))
def send_photos() -> ResponseReturnValue:
    """Send one photo or many.

    Each file gets its own answer, and one that is refused never stops the others. With an `id` (UUID) for each file,
    in the same order, an upload can be repeated safely: the same id, or the same bytes, is the same photo.
    """
    form, files = arrived_form()
    ids: list[str | None] = [str(given) for given in form.id] or [None] * len(files)
    arrivals = Arrivals(photos=[_arrival(file, given, form) for file, given in zip(files, ids, strict=True)])
    if not any(arrival.photo for arrival in arrivals.photos):
        return _all_refused(arrivals)
    return arrivals  # type: ignore[return-value] # APIFlask writes it


@bp.put("/photos/<uuid:photo_id>")
@bp.input(PhotoQuery, location="query", arg_name="about")
@bp.input(PhotoHeaders, location="headers", arg_name="headers")
@bp.output(PhotoAnswer, status_code=201, description="The photo is kept and will be read.")
@bp.doc(extensions={"requestBody": _BYTES}, responses=_PUT_ANSWERS)
def put_photo(photo_id: UUID, about: PhotoQuery, headers: PhotoHeaders) -> ResponseReturnValue:
    """Send the bytes of one photo under an id made by the sender.

    Repeat it until it is answered: the same id, or the same bytes, is the same photo.
    """
    if headers.x_account not in ("", owner()):
        raise NotSignedIn("other_account", "The photo is of another account. Sign in to that one to send it.")
    content = request.get_data(cache=False)
    # First, because of one that is too big only its beginning is here, which has another hash.
    check_size(len(content), limit_bytes=parts().config.max_photo_bytes)
    if headers.x_sha256 and headers.x_sha256.lower() != hashlib.sha256(content).hexdigest():
        raise BadValue("wrong_hash", "The photo did not arrive as it was sent. Send it again.")
    taken = take_in(content, id=str(photo_id), name=about.name, stamp=about.stamp())
    told = _told(taken.photo)
    return told, 200 if taken.known else 201, {"Location": told.url}  # type: ignore[return-value]


@bp.get("/photos")
@bp.input(PhotosQuery, location="query", arg_name="query")
@bp.output(PhotosAnswer)
def list_photos(query: PhotosQuery) -> PhotosAnswer:
    """List photos, newest first."""
    with parts().db.reading() as tx:
        page = photos.page(tx, owner=owner(), after=query.after or None, limit=query.limit, state=query.state or None)
    return PhotosAnswer(photos=[PhotoSummary.of(photo) for photo in page.rows], next=page.next)


@bp.get("/photos/<uuid:photo_id>")
@bp.output(PhotoAnswer)
def get_photo(photo_id: UUID) -> PhotoAnswer:
    """Show a photo, its state and its cards."""
    return _told(_photo(photo_id))


@bp.get("/photos/<uuid:photo_id>/image")
@bp.doc(responses=gives("A copy of the pixels, at most 2000 on the longer side.", "image/jpeg"))
def get_photo_image(photo_id: UUID) -> ResponseReturnValue:
    """Give the picture for a screen, made anew when the photo was read: without place, time or anything else hidden."""
    photo = _photo(photo_id)
    if not photo.shown:
        raise NotFound("no_picture", "There is no picture of this photo: it waits to be read, or is no longer kept.")
    return kept_file(photo.shown, media_type="image/jpeg")


@bp.get("/photos/<uuid:photo_id>/original")
@bp.doc(responses=gives("The bytes as they came, to be saved and not shown.", "image/*"))
def get_photo_original(photo_id: UUID) -> ResponseReturnValue:
    """Give the file as it was uploaded, with all that the camera wrote into it, such as the place."""
    photo = _photo(photo_id)
    if photo.gone_at:
        if photo.reason == LOST:
            raise NotFound(
                "photo_lost", "The file of the photo was lost on the disk of the service. Its cards are there."
            )
        raise NotFound("photo_gone", "The photo was let go of, as your settings say. Its cards are still there.")
    response = kept_file(photo.sha256, media_type=photo.kind)
    response.headers.set("Content-Disposition", "attachment", filename=f"{photo.id}.{photo.kind.rpartition('/')[2]}")
    return response


@bp.put("/photos/<uuid:photo_id>/spoken-note")
@bp.output(PhotoAnswer, description="The note is kept.")
@bp.doc(extensions={"requestBody": _SOUND}, responses=_SOUND_ANSWERS)
def put_spoken_note(photo_id: UUID) -> PhotoAnswer:
    """Keep a spoken note beside a photo, in place of the one that may be there. Only its owner hears it."""
    return _told(take_in_spoken(request.get_data(cache=False), photo_id=str(photo_id)))


@bp.get("/photos/<uuid:photo_id>/spoken-note")
@bp.doc(responses=gives("The recording as it came; parts of it by `Range`.", "audio/*"))
def get_spoken_note(photo_id: UUID) -> ResponseReturnValue:
    """Give the spoken note of a photo."""
    photo = _photo(photo_id)
    if not photo.spoken:
        raise NotFound("spoken_note", "There is no spoken note beside this photo.")
    # Safari plays nothing that is not given in parts.
    return kept_file(photo.spoken, media_type=photo.spoken_kind, in_parts=True)


@bp.delete("/photos/<uuid:photo_id>/spoken-note")
@bp.output({}, status_code=204, description="It is gone, or was not there.")
def delete_spoken_note(photo_id: UUID) -> str:
    """Take the spoken note of a photo away."""
    unsay(str(photo_id))
    return ""


@bp.post("/photos/<uuid:photo_id>/try-again")
@bp.output(PhotoAnswer, status_code=202, description="The photo as it stands now.")
def try_photo_again(photo_id: UUID) -> PhotoAnswer:
    """Read an unreadable photo once more; others stay as they are."""
    return _told(read_again(str(photo_id)))


@bp.delete("/photos/<uuid:photo_id>")
@bp.output({}, status_code=204, description="It is gone.")
def delete_photo(photo_id: UUID) -> str:
    """Delete a photo and the cards found in it; confirmed contacts stay."""
    throw_away(str(photo_id))
    return ""


def _photo(photo_id: UUID) -> Photo:
    with parts().db.reading() as tx:
        return photos.get(tx, owner=owner(), id=str(photo_id))


def _told(photo: Photo) -> PhotoAnswer:
    with parts().db.reading() as tx:
        found = cards.of_photo(tx, owner=owner(), photo_id=photo.id)
    return PhotoAnswer.with_cards(photo, found)


def _arrival(file: FileStorage, id: str | None, form: PhotosForm) -> Arrival:  # noqa: A002 - the word of the API
    name = plain_name(file.filename or "")
    content = file.stream.read(parts().config.max_photo_bytes + 1)
    try:
        taken = take_in(content, id=id, name=name, stamp=form.stamp())
    except UndrawerError as error:
        return Arrival(file=name, known=False, photo=None, error=Problem(**problem(trouble_of(error))))
    return Arrival(file=name, known=taken.known, photo=_told(taken.photo), error=None)


def _all_refused(arrivals: Arrivals) -> Response:
    errors = [arrival.error for arrival in arrivals.photos if arrival.error]
    code, message = "all_refused", "None of the files could be taken in; `photos` says why."
    if len(errors) == 1:
        code, message = errors[0].code, errors[0].detail
    return answer(Trouble(422, code, message, more=arrivals.model_dump(mode="json")))
