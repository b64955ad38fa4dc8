"""What a line of the record says on a page."""

from datetime import tzinfo
from typing import Final, NamedTuple

from flask_babel import format_datetime, lazy_gettext
from flask_babel import gettext as _

from service.domain.exports.client import Client
from service.storage.entering.record import Line, What
from service.web.entering import Way
from service.web.pages.people.export_wording import CLIENTS

WHAT: Final = {
    What.SIGNED_IN: lazy_gettext("Signed in"),
    What.REFUSED: lazy_gettext("Sign-in refused"),
    What.UNKNOWN_REFUSED: lazy_gettext("Sign-in refused, with an address that nobody has here"),
    What.PROVED: lazy_gettext("Shown again that it is you"),
    What.ADDRESS_PROVED: lazy_gettext("Address checked; what opened the account before has ended"),
    What.PASSWORD: lazy_gettext("Password changed"),
    What.KEY_MADE: lazy_gettext("Key for a program made"),
    What.KEY_WITHDRAWN: lazy_gettext("Key for a program withdrawn"),
    What.APP_PASSWORD_MADE: lazy_gettext("Address book connected"),
    What.APP_PASSWORD_WITHDRAWN: lazy_gettext("Address book disconnected"),
    What.PASSKEY_ADDED: lazy_gettext("Passkey added"),
    What.PASSKEY_REMOVED: lazy_gettext("Passkey removed"),
    What.SECOND_ON: lazy_gettext("Second factor switched on"),
    What.SECOND_OFF: lazy_gettext("Second factor switched off"),
    What.CODES_MADE: lazy_gettext("New recovery codes made"),
    What.CODE_USED: lazy_gettext("Recovery code used"),
    What.PROVIDER_LINKED: lazy_gettext("Sign-in elsewhere connected"),
    What.PROVIDER_UNLINKED: lazy_gettext("Sign-in elsewhere disconnected"),
    What.ENDED: lazy_gettext("Signed out elsewhere"),
    What.PAIRED: lazy_gettext("Code for another device shown"),
    What.INVITED: lazy_gettext("Invitation made"),
    What.EXPORTED: lazy_gettext("Contacts taken away"),
    What.ALL_EXPORTED: lazy_gettext("Everything taken away"),
    What.BACKED_UP: lazy_gettext("Backup of the whole installation made"),
    What.ERASED: lazy_gettext("Somebody erased for good"),
}
WAYS: Final = {
    Way.PASSWORD: lazy_gettext("with the password"),
    Way.MACHINE: lazy_gettext("on the computer that Undrawer runs on"),
    Way.MAIL: lazy_gettext("with a link by mail"),
    Way.DEVICE: lazy_gettext("with a code from another device"),
    Way.CODE: lazy_gettext("with a code of the second factor"),
    Way.PASSKEY: lazy_gettext("with a passkey"),
    Way.PROVIDER: lazy_gettext("through the firm's sign-in"),
    Way.INVITATION: lazy_gettext("with an invitation"),
    Way.SIGN_UP: lazy_gettext("as a new account"),
}


class Said(NamedTuple):
    """A line as it is shown."""

    what: str
    when: str
    about: str


def said(line: Line, zone: tzinfo) -> Said:
    what = str(WHAT[line.what])
    if line.times > 1:
        what = _("%(what)s, %(num)d times", what=what, num=line.times)
    about = " · ".join(word for word in (_detail(line), line.device, line.place) if word)
    return Said(what, str(format_datetime(line.at.astimezone(zone), "d MMM, HH:mm", rebase=False)), about)


def _detail(line: Line) -> str:
    """By which way somebody came in, or for which address book contacts were taken away; else what a person called it."""
    if line.what is What.EXPORTED and line.detail in list(Client):
        return str(CLIENTS[Client(line.detail)][0])
    return str(WAYS[Way(line.detail)]) if line.detail in list(Way) else line.detail
