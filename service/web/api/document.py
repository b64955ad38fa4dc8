"""The OpenAPI 3.1 document, finished from what APIFlask gathers from the code, and its readable page."""

import re
from collections.abc import Iterator
from typing import Any, Final

from apiflask import APIFlask
from flask import Blueprint, render_template

from service.domain.reading.photo import REASONS
from service.web.api.reaching.links import link
from service.web.api.shapes.text import Problem
from service.web.errors import PROBLEM_TYPE, SENTENCES

Json = dict[str, Any]

DESCRIPTION: Final = (
    "Photos of business cards go in, contacts come out. Send an API token as `Authorization: Bearer TOKEN` "
    "(`undrawer token create NAME` prints one). Errors are problem documents (RFC 9457) with a `code` that never "
    "changes. Listings come in pages: pass the `next` of a page as `after`; null is the end."
)
_SECURITY: Final = {
    "token": {"type": "http", "scheme": "bearer", "description": "An API token."},
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "undrawer",
        "description": "The cookie of a browser that is signed in. Writing with it wants `X-Requested-With: undrawer`.",
    },
}
_PROBLEM: Final = {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
_UUID: Final = {"type": "string", "format": "uuid"}
_PATH_SCHEMAS: Final = {
    "field": {
        "type": "string",
        "pattern": r"^(name|org|department|title|(emails|phones|urls|profiles|addresses)\.(0|[1-9][0-9]?))$",
        "examples": ["name", "phones.0"],
    },
    "session_id": {"type": "string", "pattern": "^[0-9a-f]{16}$", "examples": ["0123456789abcdef"]},
}
"""What stands in a path, where it is no id."""
_VERBS: Final = ("get", "post", "put", "patch", "delete")


def register(app: APIFlask) -> None:
    app.config.update(
        OPENAPI_VERSION="3.1.0",
        DESCRIPTION=DESCRIPTION,
        LICENSE={"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
        SERVERS=[{"url": "/"}],
        SECURITY_SCHEMES=_SECURITY,
        AUTO_OPERATION_ID=True,
        AUTO_404_RESPONSE=False,
        AUTO_VALIDATION_ERROR_RESPONSE=False,
        AUTO_AUTH_ERROR_RESPONSE=False,
    )
    app.spec_processor(_finish)
    docs = Blueprint("docs", __name__)
    docs.add_url_rule("/api/docs", "page", lambda: render_template("api/docs.html", **_page(app)))
    app.register_blueprint(docs)


def refusals(**sentences: str) -> Any:
    """Refusals of one operation (`_409="Why"`) for its `responses`; what all have in common is added at the end."""
    return {int(name[1:]): {"description": sentence, "content": _PROBLEM} for name, sentence in sentences.items()}


def media(*media_types: str) -> Any:
    """Give the content of an answer, or of a request, that is no JSON."""
    return {media_type: {"schema": {"type": "string", "format": "binary"}} for media_type in media_types}


def gives(sentence: str, *media_types: str) -> Any:
    """Describe the good answer of an operation that gives a file."""
    return {200: {"description": sentence, "content": media(*media_types)}}


def _finish(spec: Any) -> Json:
    """Add what holds for all operations: sign-in, problem documents, the form of ids."""
    spec["security"] = [{name: []} for name in _SECURITY]
    schemas = spec["components"]["schemas"]
    schemas["Problem"] = Problem.model_json_schema()
    spec["components"]["schemas"] = {_short(name): schema for name, schema in schemas.items()}
    for _, verb, operation in operations(spec):
        operation["operationId"] = re.sub(r"^[a-z]+_api_[a-z]+_", "", operation["operationId"])
        for status, sentence in _common(verb, operation):
            operation["responses"].setdefault(status, {"description": sentence, "content": _PROBLEM})
        operation["responses"] = dict(sorted(operation["responses"].items()))
        for parameter in operation["parameters"]:
            if parameter["in"] == "path":
                parameter.update(required=True, schema=_PATH_SCHEMAS.get(parameter["name"], _UUID))
        if "requestBody" in operation:
            operation["requestBody"]["required"] = True
    link([operation for _, _, operation in operations(spec)])
    finished: Json = _shorten(spec)
    return finished


def operations(spec: Json) -> Iterator[tuple[str, str, Json]]:
    for path, methods in spec["paths"].items():
        yield from ((path, verb, methods[verb]) for verb in _VERBS if verb in methods)


def _common(verb: str, operation: Json) -> Iterator[tuple[str, str]]:
    yield "400", "The request is not well formed."
    yield "401", SENTENCES[401][1]
    if verb != "get":
        yield "403", "A session cookie came without the header `X-Requested-With`."
    if any(parameter["in"] == "path" for parameter in operation["parameters"]):
        yield "404", "Nothing with this id belongs to this account."
    if "requestBody" in operation:
        yield "404", "Nothing with an id of the body belongs to this account."
        yield "413", SENTENCES[413][1]
        yield "415", SENTENCES[415][1]
    if "requestBody" in operation or operation["parameters"]:
        yield "422", SENTENCES[422][1]
    yield "429", "Too many wrong tokens came from this place. `Retry-After` says for how long to wait."


def _short(name: str) -> str:
    """Pydantic's `CardAnswer.Found_str_` -> `FoundStr`: the same part has one name wherever it is used."""
    return "".join(part[:1].upper() + part[1:] for part in name.rpartition(".")[2].split("_"))


def _shorten(part: Any) -> Any:
    if isinstance(part, dict):
        return {key: _shorten(value) for key, value in part.items()}
    if isinstance(part, list):
        return [_shorten(value) for value in part]
    if isinstance(part, str) and part.startswith("#/components/schemas/"):
        return re.sub(r"[^/]+$", lambda match: _short(match[0]), part)
    return part


def _page(app: APIFlask) -> Json:
    spec = app._get_spec("json")  # noqa: SLF001 - `app.spec` would build it anew at every visit
    assert isinstance(spec, dict)  # noqa: S101 - the format asked for
    groups = {tag["name"]: [op for op in operations(spec) if tag["name"] in op[2]["tags"]] for tag in spec["tags"]}
    problems = sorted({**dict(SENTENCES.values()), **REASONS}.items())
    return {"spec": spec, "groups": groups, "problems": problems}
