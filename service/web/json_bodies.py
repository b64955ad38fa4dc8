"""JSON bodies, read strictly: what Python's reader would choke on or take too kindly is simply not JSON."""

from typing import Any, NoReturn

from flask.json.provider import DefaultJSONProvider


class StrictJson(DefaultJSONProvider):
    """Refuses `NaN` and nesting beyond the stack as any other wrong text, with ValueError."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        try:
            return super().loads(s, parse_constant=_refuse, **kwargs)
        except RecursionError:
            raise ValueError("too deep") from None


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)
