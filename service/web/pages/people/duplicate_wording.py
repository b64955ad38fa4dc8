"""What the screens say of two contacts that may be one: why, and of what."""

from typing import Final

from flask_babel import lazy_gettext as _

from service.domain.duplicates.likeness import Reason

REASONS: Final = {
    (Reason.MAIL, True): _("The same e-mail address."),
    (Reason.MAIL, False): _("The same e-mail address under another name."),
    (Reason.NUMBER, True): _("The same number and name."),
    (Reason.NUMBER, False): _("The same number; the names may be those of one person."),
    (Reason.PROFILE, True): _("The same profile."),
    (Reason.PROFILE, False): _("The same profile under another name."),
    (Reason.NAME_AND_COMPANY, False): _("The same company, and names much alike."),
    (Reason.NAME, False): _("The same name."),
}

FIELDS: Final = {
    "name": _("Name"),
    "org": _("Company"),
    "title": _("Job title"),
    "phones": _("Phone"),
    "emails": _("E-mail"),
    "urls": _("Website"),
    "addresses": _("Address"),
    "note": _("Note"),
}
