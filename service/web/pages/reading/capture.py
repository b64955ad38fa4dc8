"""What the scripts of the Scan page say; they get the sentences with the page, in its language."""

from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import ngettext

from service.domain.reading.photo import OF_THE_FILE
from service.web.pages.wording import TROUBLES

N = "{n}"
"""Where a script puts the number."""


def forms(sentence: Callable[[int], str]) -> dict[str, str]:
    """The names are those of Intl.PluralRules; our languages have these two."""
    return {"one": sentence(1), "other": sentence(2)}


def capture_words() -> dict[str, object]:
    """Every sentence by its name: a text, or its forms for one and for many; and the codes that no other try mends."""
    return {
        "again": _("Try again"),
        "discard": _("Discard"),
        "failed": _("not sent"),
        "holdInView": _("Hold a card in view"),
        "holdStill": _("Hold it still"),
        "kept": _("Kept. Next card"),
        "full": _("This phone has no room left: the last photo was not kept. Send what waits, or free some room."),
        "later": forms(
            lambda n: ngettext(
                "%(count)s photo is safe on this phone. The server is busy; it goes again in a moment.",
                "%(count)s photos are safe on this phone. The server is busy; they go again in a moment.",
                n,
                count=N,
            )
        ),
        "more": forms(lambda n: ngettext("and %(count)s more", "and %(count)s more", n, count=N)),
        "now": _("Send now"),
        "ofTheFile": sorted(OF_THE_FILE),
        "offline": forms(
            lambda n: ngettext(
                "%(count)s photo is safe on this phone. It goes when the connection is back.",
                "%(count)s photos are safe on this phone. They go when the connection is back.",
                n,
                count=N,
            )
        ),
        "others": forms(
            lambda n: ngettext(
                "%(count)s photo of someone else waits on this phone until they sign in here.",
                "%(count)s photos of someone else wait on this phone until they sign in here.",
                n,
                count=N,
            )
        ),
        "paused": forms(
            lambda n: ngettext(
                "You were signed out. %(count)s photo is safe on this phone and goes when you sign in.",
                "You were signed out. %(count)s photos are safe on this phone and go when you sign in.",
                n,
                count=N,
            )
        ),
        "photo": _("Photo"),
        "record": _("Speak a note"),
        "refused": _("The server did not take this photo."),
        "safe": _("Safe here"),
        "safeAndGoing": forms(
            lambda n: ngettext("Safe here · %(count)s to send", "Safe here · %(count)s to send", n, count=N)
        ),
        "save": _("Save as a file"),
        "sending": _("sending…"),
        "shootsItself": _("Still… it shoots itself"),
        "signIn": _("Sign in"),
        "stop": _("Stop"),
        "taken": forms(lambda n: ngettext("%(count)s card taken. Close", "%(count)s cards taken. Close", n, count=N)),
        "tapToTake": _("Tap to take it"),
        "turnItOver": _("Turn the card over"),
        "troubles": {code: str(sentence) for code, sentence in TROUBLES.items()},
        "waiting": _("on this phone, waiting"),
    }
