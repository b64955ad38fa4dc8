"""What the screens say about fields, doubts and photos in trouble; English here, other languages in translations/."""

from flask_babel import lazy_gettext as _

from service.domain.reading.card import Doubt, PhoneType
from service.domain.reading.sides import Shared

LABELS = {
    "name": _("Name"),
    "prefix": _("Title before the name"),
    "given": _("First name"),
    "family": _("Last name"),
    "org": _("Company"),
    "title": _("Job title"),
    "department": _("Department"),
    "phones": _("Phone"),
    "emails": _("E-mail"),
    "urls": _("Website"),
    "profiles": _("Profile"),
    "addresses": _("Address"),
    "note": _("Note"),
}

QUESTIONS = {
    "name": _("What is the name?"),
    "org": _("What is the company?"),
    "title": _("What is the job title?"),
    "department": _("What is the department?"),
    "phones": _("What is the phone number?"),
    "emails": _("What is the e-mail address?"),
    "urls": _("What is the website?"),
    "profiles": _("What is the profile?"),
    "addresses": _("What is the address?"),
}

DOUBTS = {
    Doubt.READERS_DIFFER: _("We read it twice and saw two different things."),
    Doubt.WEAK_LETTERS: _("Some characters are hard to make out."),
    Doubt.NUMBER_SHORT: _("It has fewer digits than it should."),
    Doubt.NUMBER_INVALID: _("No number looks like this in that country."),
    Doubt.NUMBER_LOCAL: _("The card does not print the area code."),
    Doubt.COUNTRY_GUESSED: _("The card does not say the country, so we guessed it."),
    Doubt.DOMAIN_UNKNOWN: _("The ending of the address is not one we know."),
    Doubt.NAME_AND_MAIL_DISAGREE: _("The name and the e-mail address do not match."),
    Doubt.CLOSE_CALL: _("Another line of the card could be this too."),
    Doubt.INCOMPLETE: _("A part of it seems to be missing."),
    Doubt.UNCONFIRMED: _("Nothing else on the card confirms it."),
}

SHARED = {
    Shared.MAIL: _("Both show the same e-mail address."),
    Shared.NUMBER: _("Both show the same phone number."),
    Shared.COMPANY: _("Both are of the same company."),
}
"""Why two cards may be the sides of one."""

PHONE_TYPES = {
    PhoneType.MOBILE: _("mobile"),
    PhoneType.WORK: _("office"),
    PhoneType.FAX: _("fax"),
    PhoneType.HOME: _("home"),
    PhoneType.UNKNOWN: _("phone"),
}

TROUBLES = {
    "empty": _("The file is empty. Take or choose the photo again."),
    "not_an_image": _("This is not a photo that can be read. Send a JPEG, PNG, WebP, TIFF or HEIC picture."),
    "pdf": _("PDF files cannot be read yet. Take a photo or a screenshot of the card instead."),
    "animated": _("A GIF cannot be read. Send a JPEG or PNG picture of the card."),
    "too_big": _("The file is too big. Send the photo as the phone took it, or a smaller copy."),
    "cut_short": _("The photo is cut short: its end never arrived. Send it again."),
    "too_many_pixels": _("The picture has too many pixels to be opened safely. Send a smaller copy."),
    "too_small": _("The picture is too small to read. Send the original photo, not a thumbnail."),
    "no_card": _("No card was found in the photo. Try again closer and in better light."),
    "gave_up": _("Reading the photo failed three times. Try again, or take another photo."),
    "took_too_long": _("Reading the photo took too long. Try again, or take another photo."),
    "lost": _("The file of the photo was lost on the disk of the service. Take the photo again."),
    "no_sound": _("The spoken note is empty. Record it again."),
    "not_a_sound": _("This is not a recording that can be kept. Send WebM, Ogg or MP4 audio."),
    "sound_too_big": _("The spoken note is too long. Two minutes are enough; record a shorter one."),
}


def trouble(code: str) -> str:
    """The sentence for a photo that could not be taken in or read; a new code without one still says something."""
    return str(TROUBLES.get(code) or _("Something went wrong with this photo. Try again."))


ERRORS = (
    _("Sign in, or send an API token as `Authorization: Bearer TOKEN`."),
    _("Some values of the request are not right."),
    _("Something went wrong on our side. It has been written down; nothing you sent before is lost."),
    _("The body is of a kind that is not taken here. Check the Content-Type."),
    _("The request could not be understood. Check that its body arrived whole and is well formed."),
    _("The request is too big."),
    _("The request took too long to arrive. Send it again."),
    _("The service is not ready. Try again in a moment."),
    _("There is nothing here under this address."),
    _("There is no room left on the disk of the service. Nothing was kept of this request."),
    _("There is no such card."),
    _("There is no such contact."),
    _("There is no such photo."),
    _("This address does not take this kind of request."),
    _("This is not allowed."),
    _("Too many requests. Wait a little."),
    _("That was wrong too often. Wait a little, then try again."),
    _("That is not your password. Nothing was changed."),
    _("Give the key a name, so that you know it again."),
    _("There are too many keys already. Withdraw one first."),
    _("There is no such key."),
    _("You are not signed in there any more."),
    _("There is an account with this e-mail address already."),
    _("It was changed meanwhile. Load it again, then repeat the change."),
    _("The card is a contact by now. Correct the contact."),
    _("The card is a contact by now. Delete the contact."),
    _("This is the back of another card. Correct that one."),
    _("A card is no side of itself. Choose the card with its other side."),
    _("One of the cards has two sides already. Take them apart first."),
    _("Only cards to review can be joined or taken apart. Take the card back first."),
    _("Only cards to review can be read again. Take the card back first."),
    _("Send four corners, each with x and y in pixels of the photo."),
    _("The corners must go round the card: top left, top right, bottom right, left."),
)
"""What errors of the web and of storage say on a page: named here so that they are translated with the rest."""
