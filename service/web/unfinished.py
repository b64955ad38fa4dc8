"""What was typed into a form whose writer was asked first who he is: it waits in the session till the form is shown again."""

from collections.abc import Mapping, Sequence
from typing import Final

from flask import request, session

KEY: Final = "unfinished"
LONGEST: Final = 254
"""A cookie holds about 4 KB, which others want too."""


def keep(names: Sequence[str]) -> None:
    """Keep these fields of the form that was sent, which hold no secret, in place of those of any other."""
    typed = {name: request.form[name][:LONGEST] for name in names if name in request.form}
    session[KEY] = {"form": request.endpoint, "typed": typed}


def typed(form: str) -> Mapping[str, str]:
    """What was typed into the form that this endpoint takes, once; nothing where it was not held up."""
    if session.get(KEY, {}).get("form") != form:
        return {}
    fields: Mapping[str, str] = session.pop(KEY)["typed"]
    return fields
