"""The form of an upload: files named `photo`, and a few words beside them."""

from typing import Any, Final

from flask import request
from pydantic import ValidationError
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import UnsupportedMediaType

from service.domain.errors import BadValue
from service.web.api.shapes.photo import PHOTOS_AT_ONCE, PhotosForm

_SCHEMA = PhotosForm.model_json_schema()
_FILES = {"type": "array", "minItems": 1, "maxItems": PHOTOS_AT_ONCE, "items": {"type": "string", "format": "binary"}}
FORM: Final[dict[str, Any]] = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "additionalProperties": False,
                "required": ["photo"],
                "properties": {
                    "photo": _FILES,
                    **_SCHEMA["properties"],
                },
            },
            "encoding": {"photo": {"contentType": "image/*"}},
        }
    },
}
"""The request body of `POST /photos`, for the document."""


def arrived_form() -> tuple[PhotosForm, list[FileStorage]]:
    """Read words and files of the request. Raises BadValue for what does not fit the form."""
    if request.mimetype != "multipart/form-data":
        raise UnsupportedMediaType
    fields: dict[str, Any] = request.form.to_dict()
    if "id" in request.form:
        fields["id"] = request.form.getlist("id")
    stray = sorted(set(request.files) - {"photo"})
    form = _checked(fields | dict.fromkeys(stray))
    files = request.files.getlist("photo")
    if not files:
        raise BadValue("no_photo", "Send at least one file in a part named `photo`.")
    if len(files) > PHOTOS_AT_ONCE:
        raise BadValue("too_many", f"Send at most {PHOTOS_AT_ONCE} photos at once.")
    if form.id and len(form.id) != len(files):
        raise BadValue("ids_do_not_match", "Send an `id` for each `photo`, or none at all.")
    return form, files


def _checked(fields: dict[str, Any]) -> PhotosForm:
    try:
        return PhotosForm.model_validate(fields)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(step) for step in first["loc"])
        raise BadValue("bad_value", f"{where[:100]}: {first['msg']}.") from None
