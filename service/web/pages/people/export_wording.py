"""What the screens say of other address books: who they are, how a file gets there, and what they lose."""

from typing import Final

from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from service.domain.exports.client import Client
from service.domain.exports.losses import Loss

CLIENTS: Final = {
    Client.APPLE: (_("iPhone, iPad, Mac"), _("Open the file and choose to add all contacts.")),
    Client.ANDROID: (_("Android"), _("Open the file with Contacts and choose the account they shall go to.")),
    Client.GOOGLE: (_("Google Contacts"), _("On contacts.google.com choose Import and this file.")),
    Client.OUTLOOK: (
        _("Outlook, one file each"),
        _("Outlook reads one contact a file: unpack the ZIP, select all files and drag them to Contacts."),
    ),
    Client.OUTLOOK_CSV: (
        _("Outlook, as a table"),
        _("In Outlook: File, Open and Export, Import from another program, Comma Separated Values."),
    ),
    Client.GOOGLE_CSV: (_("Google Contacts, as a table"), _("On contacts.google.com choose Import and this file.")),
    Client.V4: (
        _("vCard 4.0"),
        _("For programs that ask for it, such as Thunderbird. A Mac refuses the whole file, and some Androids do."),
    ),
}


def lost(loss: Loss, number: int) -> str:
    """What of so many contacts does not arrive, in a sentence."""
    return str(_SENTENCES[loss](number))


_SENTENCES: Final = {
    Loss.MAILS: lambda num: ngettext(
        "%(num)d contact has more than three e-mail addresses: the first three arrive.",
        "%(num)d contacts have more than three e-mail addresses: the first three arrive.",
        num,
    ),
    Loss.PHONES: lambda num: ngettext(
        "%(num)d contact has more numbers of one kind than it keeps: the first arrive.",
        "%(num)d contacts have more numbers of one kind than it keeps: the first arrive.",
        num,
    ),
    Loss.SITES: lambda num: ngettext(
        "%(num)d contact has several websites: not all of them arrive.",
        "%(num)d contacts have several websites: not all of them arrive.",
        num,
    ),
    Loss.ADDRESSES: lambda num: ngettext(
        "%(num)d contact has several addresses: not all of them arrive.",
        "%(num)d contacts have several addresses: not all of them arrive.",
        num,
    ),
    Loss.SITES_ONLY: lambda num: ngettext(
        "%(num)d contact has a profile, such as on LinkedIn: it arrives as a website.",
        "%(num)d contacts have a profile, such as on LinkedIn: it arrives as a website.",
        num,
    ),
    Loss.LABELS: lambda num: ngettext(
        "%(num)d contact has labels of its own beside a number or an address: they do not arrive.",
        "%(num)d contacts have labels of their own beside a number or an address: they do not arrive.",
        num,
    ),
    Loss.GATHERING: lambda num: ngettext(
        "%(num)d contact has the gathering as a category: there it stands in the note only.",
        "%(num)d contacts have the gathering as a category: there it stands in the note only.",
        num,
    ),
    Loss.PHOTO: lambda num: ngettext(
        "%(num)d contact has a picture: it does not arrive.",
        "%(num)d contacts have a picture: it does not arrive.",
        num,
    ),
    Loss.OTHERS: lambda num: ngettext(
        "%(num)d contact holds fields that another program wrote: they do not arrive.",
        "%(num)d contacts hold fields that another program wrote: they do not arrive.",
        num,
    ),
}
