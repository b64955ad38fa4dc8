"""What errors about coming in say on a page, named here so that they are translated with the rest."""

from typing import Final

from flask_babel import lazy_gettext

ERRORS: Final = (
    lazy_gettext("An invitation is good for 1 to 90 days."),
    lazy_gettext("There are too many invitations already. Take one back first."),
    lazy_gettext("There is an account with this e-mail address already."),
    lazy_gettext("There is no such invitation."),
    lazy_gettext("This invitation was used already, or is too old. Ask for another one."),
    lazy_gettext("Give the passkey a name, so that you know it again."),
    lazy_gettext("There are too many passkeys already. Remove one first."),
    lazy_gettext("This passkey is here already."),
    lazy_gettext("There is no such passkey."),
    lazy_gettext("This passkey was not accepted. Try again."),
    lazy_gettext("Browsers offer passkeys only by HTTPS and under a name."),
    lazy_gettext("There are too many already. Disconnect one first."),
    lazy_gettext("That sign-in opens an account already."),
    lazy_gettext("This account is connected there already. Disconnect that first."),
    lazy_gettext("There is no such sign-in."),
    lazy_gettext("There is no other sign-in here."),
    lazy_gettext("The other sign-in does not answer. Try again in a moment, or use another way."),
    lazy_gettext("The other sign-in did not say who you are. Try again."),
    lazy_gettext("Write your name, so that people know who writes to them."),
    lazy_gettext("Choose a password; there is no other way in here."),
    lazy_gettext("Whoever runs this Undrawer signs in first."),
    lazy_gettext("This is no mail address."),
    lazy_gettext("A password has at least 8 characters."),
)
