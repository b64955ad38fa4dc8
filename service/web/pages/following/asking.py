"""Questions as the screens put them: one at a time, answered with a tap or a line."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from service.domain.drafts.days import said
from service.domain.drafts.texts import texts_of
from service.domain.people.vcard import fields_of
from service.domain.ties.act import Act
from service.domain.ties.introduction import is_asking
from service.domain.ties.question import QuestionKind, Reply
from service.domain.ties.questions import Asked, met_touch
from service.domain.ties.touch import Kind
from service.drafting import first_name
from service.storage.database import Transaction
from service.storage.following import acts, questions, ties
from service.storage.following.history import History
from service.storage.following.questions import Waiting
from service.storage.following.touches import KeptTouch
from service.storage.meeting import introductions
from service.storage.people import contacts
from service.web.identity import account
from service.web.pages.following.tie_wording import CIRCLES, KINDS
from service.web.pages.language import current, month
from service.web.pages.meeting.introduction_wording import OUTCOMES


@dataclass(frozen=True, slots=True)
class AskedNow:
    """A question on the screen: what it is about, its words, its answers, and a line to fill in if there is one."""

    id: str
    about: str
    text: str
    answers: tuple[tuple[str, str], ...]
    action: str
    hidden: tuple[tuple[str, str], ...]
    line: str = ""
    day: str = ""
    first_day: str = ""
    last_day: str = ""


def next_question(tx: Transaction, today: date) -> AskedNow | None:
    """The one that has waited longest, for Today."""
    waiting = questions.next_on_today(tx, owner=account().id, today=today)
    return _shown(tx, waiting, back=url_for("pages.today.page"), today=today) if waiting else None


def question_of(tx: Transaction, history: History, *, today: date) -> AskedNow | None:
    """The first question about a tie, for its contact's page."""
    asked = questions.of_tie(tx, owner=account().id, history=history)
    back = url_for("pages.contacts.page", id=history.contact_id)
    return _shown(tx, Waiting(history, asked[0]), back=back, today=today) if asked else None


def relevant(tx: Transaction, kept: KeptTouch, history: History) -> AskedNow | None:
    """What is asked before a word to somebody dormant: still relevant, and what is remembered."""
    if questions.relevant(history, kept.touch) is None:
        return None
    name = _name(tx, history)
    day = kept.touch.why.day
    return AskedNow(
        id=kept.id,
        about=_("No word since %(when)s.", when=month(day)) if day else _("An old contact."),
        text=_("Would you still like to hear from %(name)s?", name=name),
        line=_("What do you remember of %(name)s?", name=name),
        answers=((Reply.YES, _("Yes")), (Reply.NEW_JOB, _("A new job")), (Reply.NO, _("No"))),
        **_sent(history, QuestionKind.RELEVANT, kept.touch.cause, url_for("pages.today.page")),
    )


def _shown(tx: Transaction, waiting: Waiting, *, back: str, today: date) -> AskedNow:
    history, asked = waiting.history, waiting.asked
    sent = _sent(history, asked.kind, asked.on, back)
    return AskedNow(id=history.tie.id, **_words(tx, history, asked, today), **sent)


def _words(tx: Transaction, history: History, asked: Asked, today: date) -> dict[str, Any]:
    name = _name(tx, history)
    match asked.kind:
        case QuestionKind.ANSWERED | QuestionKind.CAME_OF:
            return _came_of(tx, asked) if asked.kind is QuestionKind.CAME_OF else _answered(tx, asked, name, today)
        case QuestionKind.MET:
            return _met(tx, asked, name, today)
        case QuestionKind.BUSY:
            return {
                "about": _("You talked with %(name)s.", name=name),
                "text": _("What are they busy with, what do they need?"),
                "line": _("In one line"),
                "answers": (("need", _("They need it")), ("line", _("They are at it")), ("nothing", _("Nothing new"))),
            }
        case QuestionKind.SKIP_OR_LET_GO:
            return {
                "about": _("Put off three times."),
                "text": _("And %(name)s?", name=name),
                "answers": (("no", _("It stays")), ("skip", _("Not this time")), ("let go", _("Let go"))),
            }
        case QuestionKind.KEEP_OR_RELEASE:
            text = next((one.text for one in history.tie.promises if one.id == asked.on), "")
            return {
                "about": text,
                "text": _("You promised it to %(name)s. Will you keep it?", name=name),
                "answers": (("keep", _("I keep it")), ("release", _("I drop it"))),
            }
        case _:
            return _moved(asked, name)


def _answered(tx: Transaction, asked: Asked, name: str, today: date) -> dict[str, Any]:
    act = acts.get(tx, owner=account().id, id=asked.on)
    if is_asking(act.cause):
        return {
            "about": _agreed(act, today),
            "text": _("What did %(name)s say?", name=name),
            "answers": (
                ("yes", _("Yes, gladly")),
                ("later", _("Some other time")),
                ("declined", _("No, thanks")),
                ("no", _("No answer")),
            ),
        }
    return {
        "about": _agreed(act, today),
        "text": _("Did %(name)s answer?", name=name),
        "answers": (
            ("warm", _("Warmly")),
            ("cool", _("Coolly")),
            ("no", _("No")),
            ("unknown", _("I don't know")),
        ),
    }


def _came_of(tx: Transaction, asked: Asked) -> dict[str, Any]:
    course = introductions.get(tx, owner=account().id, id=asked.on)
    names = [_name(tx, ties.get(tx, owner=account().id, id=tie)) for tie in (course.a, course.b)]
    return {
        "about": _("You introduced %(one)s and %(two)s.", one=names[0], two=names[1]),
        "text": _("What came of it?"),
        "answers": tuple((one.value, str(text)) for one, text in OUTCOMES.items()),
    }


def _met(tx: Transaction, asked: Asked, name: str, today: date) -> dict[str, Any]:
    """One tap for today; the day stands beside it for who tells later."""
    act = acts.get(tx, owner=account().id, id=met_touch(asked.on))
    called = act.kind is Kind.CALL
    return {
        "about": _agreed(act, today),
        "text": _("Did you talk with %(name)s?", name=name) if called else _("Did you and %(name)s meet?", name=name),
        "answers": ((Reply.YES, _("Yes")), (Reply.NOT_YET, _("Not yet")), (Reply.NO, _("No"))),
        "day": today.isoformat(),
        "first_day": act.day.isoformat(),
        "last_day": today.isoformat(),
    }


def _agreed(act: Act, today: date) -> str:
    """What was proposed, and when."""
    what = str(KINDS[act.kind]) if act.kind else ""
    return f"{what} · {said(act.day, texts_of(current()).days, on=today)}".strip(" ·")


def _moved(asked: Asked, name: str) -> dict[str, Any]:
    yes_no = ((Reply.YES, _("Yes")), (Reply.NO, _("Leave it")))
    if asked.kind is QuestionKind.ASK_THEM or asked.to is None:
        text = _("You have given %(name)s a lot. Would you ask for something?", name=name)
        return {"about": _("Nothing has come back yet."), "text": text, "answers": yes_no}
    circle = str(CIRCLES[asked.to])
    closer = asked.kind is QuestionKind.CLOSER
    about = _("You are seeing more of each other.") if closer else _("Little comes back.")
    text = _("Move %(name)s to the circle “%(circle)s”?", name=name, circle=circle)
    return {"about": about, "text": text, "answers": yes_no}


def _sent(history: History, kind: QuestionKind, on: str, back: str) -> dict[str, Any]:
    return {
        "action": url_for("pages.ties.reply", id=history.contact_id),
        "hidden": (("kind", kind.value), ("on", on), ("next", back)),
    }


def _name(tx: Transaction, history: History) -> str:
    return first_name(fields_of(contacts.get(tx, owner=account().id, id=history.contact_id).vcard))
