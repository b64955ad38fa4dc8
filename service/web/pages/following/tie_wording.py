"""What the screens say of ties and touches; English here, other languages in translations/."""

from flask_babel import gettext, lazy_gettext
from flask_babel import lazy_gettext as _

from service.domain.ties.act import Act, ActType, Gift, Outcome, Talk
from service.domain.ties.circle import Circle
from service.domain.ties.gate import Lack
from service.domain.ties.note import NoteKind
from service.domain.ties.seat import LeftOutReason
from service.domain.ties.stage import Stage
from service.domain.ties.standing import Standing
from service.domain.ties.touch import Channel, Kind

KINDS = {
    Kind.PROMISE: _("Keep a promise"),
    Kind.THANK: _("Say thank you"),
    Kind.FIRST: _("First message"),
    Kind.LATE_HELLO: _("A late hello"),
    Kind.FAVOUR: _("A favour"),
    Kind.HELLO: _("A hello"),
    Kind.COFFEE: _("A coffee"),
    Kind.CALL: _("A call"),
    Kind.VISIT: _("A visit"),
    Kind.INTRODUCE: _("An introduction"),
    Kind.REFER: _("A recommendation"),
    Kind.CONGRATULATE: _("Congratulations"),
    Kind.INVITE: _("An invitation"),
    Kind.RECONNECT: _("Pick up the thread"),
    Kind.ASK: _("Ask for something"),
}

TITLES = {
    Kind.PROMISE: _("Keep your word to %(name)s"),
    Kind.THANK: _("Thank %(name)s"),
    Kind.FIRST: _("Write to %(name)s"),
    Kind.LATE_HELLO: _("Write to %(name)s"),
    Kind.FAVOUR: _("Do %(name)s a favour"),
    Kind.HELLO: _("Say hello to %(name)s"),
    Kind.COFFEE: _("A coffee with %(name)s"),
    Kind.CALL: _("Call %(name)s"),
    Kind.VISIT: _("Visit %(name)s"),
    Kind.INTRODUCE: _("Introduce %(name)s"),
    Kind.REFER: _("Recommend %(name)s"),
    Kind.CONGRATULATE: _("Congratulate %(name)s"),
    Kind.INVITE: _("Invite %(name)s"),
    Kind.RECONNECT: _("Pick up the thread with %(name)s"),
    Kind.ASK: _("Ask %(name)s"),
}

CHANNELS = {
    Channel.MAIL: _("E-mail"),
    Channel.WHATSAPP: lazy_gettext("WhatsApp"),
    Channel.SMS: _("SMS"),
    Channel.PHONE: _("Phone"),
    Channel.LINKEDIN: lazy_gettext("LinkedIn"),
    Channel.IN_PERSON: _("In person"),
}

OPENERS = {
    Channel.MAIL: _("Write an e-mail"),
    Channel.WHATSAPP: _("Write on WhatsApp"),
    Channel.SMS: _("Write an SMS"),
    Channel.PHONE: _("Call now"),
    Channel.LINKEDIN: _("Open LinkedIn"),
    Channel.IN_PERSON: _("In person"),
}

STAGES = {
    Stage.CARD: _("A card"),
    Stage.PERSON: _("A person"),
    Stage.TIE: _("A tie"),
    Stage.ADVOCATE: _("Recommends you"),
}

WARMTHS = {
    "fresh": _("just met"),
    "awake": _("alive"),
    "cooling": _("cooling"),
    "resting": _("resting"),
    "dormant": _("dormant"),
    "let go": _("let go"),
}

CIRCLES = {
    Circle.INNER: _("Inner"),
    Circle.CLOSE: _("Close"),
    Circle.ACTIVE: _("Active"),
    Circle.WIDER: _("Wider"),
    Circle.DRAWER: _("The drawer"),
}

NOTE_KINDS = {
    NoteKind.NEED: _("They need"),
    NoteKind.OFFER: _("They offer"),
    NoteKind.COMMON_GROUND: _("You share"),
    NoteKind.PASSION: _("They love"),
    NoteKind.LINE: _("They said"),
    NoteKind.COLLEAGUE: _("A colleague"),
    NoteKind.NEW_TITLE: _("A new job"),
}

LOGS = {
    "call": _("We talked on the phone"),
    "coffee": _("We had a coffee"),
    "visit": _("I paid a visit"),
    "gathering": _("We talked at an event"),
    "met": _("We met and exchanged cards"),
    "wrote": _("They wrote to me"),
    "referral": _("They sent me somebody"),
    "favour": _("They did me a favour"),
    "client": _("They became a client"),
}

LEFT_OUT = {
    LeftOutReason.NO_SEAT: _("no seat left"),
    LeftOutReason.CAP: _("enough of these"),
    LeftOutReason.COMPANY: _("same company"),
    LeftOutReason.WAITS_FOR_WORD: _("waits for your answer"),
}

STANDINGS = {
    Standing.PLANNED: ("", "", ""),
    Standing.RESTING: (_("Resting"), _("If they ever write, it goes on."), _("Try again")),
    Standing.LISTENING: (_("Waiting for their answer"), _("If none comes, you are asked in some days."), ""),
    Standing.WAITS_FOR_WORD: (_("Waits for a word from you"), _("Say whether they answered, and it goes on."), ""),
    Standing.LET_GO: (_("Let go"), _("Nothing is planned. The card stays in the drawer."), ""),
    Standing.TO_SORT: (_("Undecided"), _("Would you know them in the street?"), ""),
    Standing.PAUSED: (_("Not for now"), _("You said “not this one”."), ""),
    Standing.ENOUGH: (_("Enough for now"), _("Two tries without an answer. It is up to them."), ""),
    Standing.RANKED: (_("In the drawer"), _("One of those who may come up again, one or two a week."), ""),
}
"""What comes next where nothing is planned: in words, why, and what starts it again with one tap."""

LACKS = {
    Lack.GIVE_SINCE_ASK: _("a give since you last asked"),
    Lack.CONTACT: _("a word from them"),
    Lack.KNOWN_LONGER: _("to know each other a little longer, until %(day)s"),
    Lack.ASKED_LATELY: _("some time since you last asked, until %(day)s"),
    Lack.RESTING: _("an answer: this one is resting"),
    Lack.LET_GO: _("to take it up again: you let it go"),
}

GAPS = {
    "line": _("What did you talk about?"),
    "need": _("What do they need?"),
    "offer": _("What do they offer?"),
    "ground": _("What do you share?"),
    "promise": _("What did you promise?"),
    "received": _("What did they do for you?"),
    "gift": _("What can you send them?"),
    "times": _("Which days suit you?"),
    "title": _("What is their new job?"),
    "news": _("What is the news?"),
    "person": _("Whom do you mean?"),
    "other": _("Who is the other one?"),
    "seeking": _("Whom are you looking for?"),
    "activity": _("What are you getting together for?"),
    "place": _("Where is it?"),
    "day": _("Which day will you be there?"),
    "by": _("Who sent them?"),
}

HEADINGS = (
    _("Nothing today"),
    _("One thing today"),
    _("Two things today"),
    _("Three things today"),
    _("Four things today"),
    _("Five things today"),
)

ERRORS = (
    _("Nobody sends themselves. Choose somebody else."),
    _("There is no such referral."),
    _("Write their name."),
    _("There is no such call."),
    _("This one is not up for a new word just now. Look at the contact to see why."),
    _("Write one line of what you remember first."),
    _("Choose at least one day of the week."),
    _("Say from when until when you take calls."),
    _("The hours end after they begin."),
    _("The second hours begin after the first end."),
    _("This is no time of day. Write it as 16:30."),
    _("Choose one of the times."),
    _("Choose a time first."),
    _("Choose a time from today on, within a year."),
    _("Write an amount of money, such as 1200 or 1200.50."),
    _("A promise is kept or dropped, not skipped."),
    _("This day is out of reach. Choose one from tomorrow on, not too far ahead."),
    _("Choose a day within a year from today."),
    _("Choose a time zone of the list, such as Europe/Madrid."),
    _("Choose one of the five circles."),
    _("Choose one of the list."),
    _("Leave at least one day of the week open."),
    _("Only what was done can be answered. Look at the contact."),
    _("Say how many."),
    _("Say what happened."),
    _("Say what kind of note it is."),
    _("Something is missing before you ask. Give first, or say why you ask all the same."),
    _("The contact cannot be reached this way. Add a number or an address first."),
    _("The inner circle holds three people. Move one of them out first."),
    _("The page is out of date. Load it again."),
    _("Say from which day to which you will be there, a month at most."),
    _("Say which town."),
    _("The week takes no more than that. Choose fewer."),
    _("There are too many towns already. Remove one first."),
    _("There is no such town."),
    _("This day is over. Choose one to come."),
    _("Choose informal, formal, or neither."),
    _("There are no such quiet days."),
    _("There are too many notes already. Remove one first."),
    _("There are too many quiet stretches. Remove those that are over."),
    _("There is no such note."),
    _("There is no such promise."),
    _("There is no such tie."),
    _("There is no such touch."),
    _("A quiet stretch ends on the day it begins or later."),
    _("This cannot be swapped. Plan it on the contact's page."),
    _("This day is still to come. Choose today or an earlier day."),
    _("This day is too long ago. Choose a later one."),
    _("This is no answer to the question. Load the page again."),
    _("This is no day. Choose one from the calendar."),
    _("This is no way to write to anybody."),
    _("This is not planned any more. Look at the contact to see what comes next."),
    _("This was done already. Look at the contact to see when."),
    _("Write one line."),
)
"""What errors about ties say on a page, named here so that they are translated with the rest."""

_TALKS = {
    Talk.CALL: _("You talked on the phone"),
    Talk.COFFEE: _("You had a coffee"),
    Talk.VISIT: _("You paid a visit"),
    Talk.GATHERING: _("You talked at an event"),
    Talk.SEEN: _("You saw each other"),
}
_GIFTS = {
    Gift.REFERRAL: _("Sent you somebody"),
    Gift.FAVOUR: _("Did you a favour"),
    Gift.CLIENT: _("Became a client"),
}
_ANSWERS = {
    Outcome.WARM: _("Answered warmly"),
    Outcome.COOL: _("Answered coolly"),
    Outcome.UNKNOWN: _("Answered? You did not know"),
}
_ACTS = {
    ActType.MET: _("You met"),
    ActType.PROMISED: _("You promised something"),
    ActType.NO_ANSWER: _("No answer"),
    ActType.ACCEPTED: _("Accepted on LinkedIn"),
    ActType.ASKED: _("You asked for something"),
    ActType.PLANNED: _("You planned something"),
    ActType.SWAPPED: _("You chose something else"),
    ActType.SKIPPED: _("Not this one"),
    ActType.POSTPONED: _("Put off"),
    ActType.NOTED: _("Noted"),
    ActType.CIRCLE: _("Moved to another circle"),
    ActType.LET_GO: _("Let go"),
    ActType.RELEASED: _("Promise dropped"),
    ActType.REVIVED: _("Taken up again"),
}


def title_of(kind: Kind, name: str) -> str:
    return str(TITLES[kind]) % {"name": name}


def act_text(act: Act) -> str:
    """What happened, in a few words."""
    if act.type is ActType.DID and act.kind:
        return str(KINDS[act.kind])
    if act.type is ActType.TALKED:
        return str(_TALKS[act.talk or Talk.CALL])
    if act.type is ActType.RECEIVED:
        return str(_GIFTS[act.gift or Gift.FAVOUR])
    if act.type is ActType.ANSWERED and act.outcome:
        return str(_ANSWERS[act.outcome])
    if act.type is ActType.CIRCLE and act.circle:
        return str(gettext("Circle: %(circle)s", circle=str(CIRCLES[act.circle])))
    return str(_ACTS.get(act.type, act.type.value))
