"""Every error that a person may see, with a code that never changes and a sentence that says what to do.

UndrawerError
├── PhotoRefused      the bytes are not taken in (nothing is kept)
├── PhotoUnreadable   the bytes were kept, and no card could be read from them
├── NotFound          no such thing in this account
├── Conflict          the thing is there already, or is somebody else's
├── BadValue          a value of a request or of a setting is not one
├── NotSignedIn       no account, or a token that is none
├── LinkRefused       a signed link that opens nothing (any more)
└── TooMany           what was asked too often; it says how long to wait
"""


class UndrawerError(Exception):
    """An error for a person: `code` for programs and translations, the message for reading."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class PhotoRefused(UndrawerError):
    """The upload holds no photo that Undrawer could ever read. Codes: see `service.domain.reading.photo`."""


class PhotoUnreadable(UndrawerError):
    """The photo is kept, but no card came out of it. Trying again with the same bytes changes nothing."""


class NotFound(UndrawerError):
    """Nothing of that name belongs to this account; it may belong to another, which is not said."""


class Conflict(UndrawerError):
    """What is asked for contradicts what is kept."""


class BadValue(UndrawerError):
    """A value is missing or not of its kind."""


class NotSignedIn(UndrawerError):
    """The request carries no proof of an account."""


class LinkRefused(UndrawerError):
    """A signed link that was altered, is for something else, is too old, or was used."""


class TooMany(UndrawerError):
    """The same was tried too often. `seconds` says how long to wait."""

    def __init__(self, code: str, message: str, *, seconds: int) -> None:
        super().__init__(code, message)
        self.seconds = seconds
