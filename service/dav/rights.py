"""Who may do what: everybody what is his own; the account itself and what is made up are for reading."""

from typing import Final

from radicale import pathutils
from radicale.rights import BaseRights

from service.dav.storage import CIRCLES, CONTACTS, GATHERINGS, TOUCHES

_RIGHTS: Final = {CONTACTS: "rw", TOUCHES: "rw", GATHERINGS: "r", **dict.fromkeys(CIRCLES, "r")}


class Rights(BaseRights):
    """Small letters are for collections of things and for things, capitals for folders."""

    def authorization(self, user: str, user_groups: set[str], path: str) -> str:  # noqa: ARG002  # Radicale's names
        owner, _, rest = pathutils.strip_path(path).partition("/")
        if not user or (owner and owner != user):
            return ""
        # What there is not may be looked for, and is not found.
        return _RIGHTS.get(rest, "r") if rest else "R"
