"""What the screens say about files of rows: columns, and why a value did not go in."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from service.domain.imports.columns import Column
from service.domain.imports.rows import Trouble
from service.storage.people.imports import VCARDS, Import

COLUMNS = {
    Column.NOTHING: _("Leave out"),
    Column.NAME: _("Name"),
    Column.GIVEN: _("First name"),
    Column.FAMILY: _("Last name"),
    Column.ORG: _("Company"),
    Column.DEPARTMENT: _("Department"),
    Column.TITLE: _("Job title"),
    Column.EMAIL: _("E-mail"),
    Column.PHONE: _("Phone"),
    Column.MOBILE: _("Mobile phone"),
    Column.URL: _("Website or profile"),
    Column.ADDRESS: _("Address"),
    Column.TOWN: _("Town"),
    Column.NOTE: _("Note"),
    Column.LAST_CONTACT: _("Last time you spoke"),
    Column.KNOWN_SINCE: _("Known since"),
    Column.MIDDLE: _("Second name"),
    Column.PREFIX: _("Before the name"),
    Column.SUFFIX: _("After the name"),
    Column.WORK_PHONE: _("Phone at work"),
    Column.HOME_PHONE: _("Phone at home"),
    Column.FAX: _("Fax"),
    Column.LABEL: _("What the number or mail is for"),
    Column.POSTCODE: _("Postcode"),
    Column.REGION: _("Region"),
    Column.COUNTRY: _("Country"),
    Column.ADDRESS_LABEL: _("What the address is for"),
    Column.HOME_ADDRESS: _("Home address"),
    Column.HOME_TOWN: _("Town of home"),
    Column.HOME_POSTCODE: _("Postcode of home"),
    Column.HOME_REGION: _("Region of home"),
    Column.HOME_COUNTRY: _("Country of home"),
    Column.OTHER_ADDRESS: _("Another address"),
    Column.OTHER_TOWN: _("Town of another address"),
    Column.OTHER_POSTCODE: _("Postcode of another address"),
    Column.OTHER_REGION: _("Region of another address"),
    Column.OTHER_COUNTRY: _("Country of another address"),
    Column.BIRTHDAY: _("Birthday"),
    Column.NICKNAME: _("Nickname"),
    Column.PAGER: _("Pager"),
    Column.ANNIVERSARY: _("Wedding anniversary"),
    Column.EVENT: _("Another day of theirs"),
    Column.SPOUSE: _("Husband or wife"),
    Column.RELATION: _("Somebody close to them"),
    Column.CATEGORIES: _("Groups or labels"),
    Column.PHOTO: _("Picture"),
}

ORIGINS = {
    "google": _("This is an export of Google Contacts."),
    "outlook": _("This is an export of Outlook."),
    "linkedin": _("This is an export of LinkedIn."),
}
"""What is said of a table whose headings tell where it comes from."""

TROUBLES = {
    Trouble.BROKEN: _("The row is broken: a quotation mark that never ends, or a cell that is far too long."),
    Trouble.NOBODY: _("The row names nobody: no name, company, e-mail or number."),
    Trouble.TOO_LONG: _("A value is too long to be kept."),
    Trouble.FORMULA: _("The value is a formula, which is never taken in."),
    Trouble.MAIL: _("This is no e-mail address."),
    Trouble.DAY: _("This is no day with its year in four digits."),
    Trouble.FUTURE: _("The day is still to come."),
    Trouble.TWICE: _("The row stands in the file twice."),
    Trouble.NOT_CLOSED: _("The card has no end."),
    Trouble.GROUP: _("This is a list of people, not a person."),
    Trouble.ELSEWHERE: _("The picture lies on another site, from which nothing is fetched."),
    Trouble.ERASED: _(
        "You erased this person. To bring them back, forget that under Settings, Your data, and import again."
    ),
}

OF_CARDS = {**TROUBLES, Trouble.NOBODY: _("The card names nobody: no name, company, e-mail or number.")}
"""The same of a file of vCards, which has no rows."""


def troubles(asked: Import) -> Mapping[Trouble, str]:
    return OF_CARDS if asked.format == VCARDS else TROUBLES


FAILURES = {
    "gave_up": _("The import failed three times. What came in before stays; undo it, or send the file again."),
    "lost": _("The file was lost on the disk of the service. What came in before stays; send the file again to go on."),
    "took_too_long": _("The import took too long. What came in before stays; send the file again to go on."),
}

REFUSALS = (
    _("The file is larger than 50 MB. Send it in parts."),
    _("There are no rows in the file."),
    _("The file has more than 200000 rows. Send it in parts."),
    _("The file has more than 200000 cards. Send it in parts."),
    _("The first line of the file has a quotation mark that is never closed. Mend that line and send the file again."),
    _("This is no file of rows. Export your contacts as CSV and send that file."),
    _("Say which column holds the names, the companies or the mail addresses."),
    _("This import was begun already."),
    _("Only an import that is done can be undone."),
    _("There is no such import."),
)
"""What errors of imports say on a page: named here so that they are translated with the rest."""
