"""Which language a page speaks: the one chosen with the switch, else the browser's first that we have, else English."""

from datetime import date, datetime
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, abort, g, make_response, redirect, request
from flask_babel import Babel, format_date, format_datetime, get_locale
from flask_babel import gettext as _

from service.storage.reaching import mail_settings
from service.web.parts import parts

LANGUAGES = {"en": "English", "es": "Español"}
COOKIE = "lang"
YEAR_SECONDS = 365 * 24 * 3600
_WEEK_DAYS = 7

language = Blueprint("language", __name__)


def register(app: Flask) -> None:
    Babel(app, locale_selector=wanted)
    app.jinja_env.globals.update(language=current, languages=LANGUAGES.items, day=day)


def wanted() -> str:
    """The language of this request."""
    chosen = request.cookies.get(COOKIE, "")
    return chosen if chosen in LANGUAGES else request.accept_languages.best_match(LANGUAGES, default="en")


def current() -> str:
    return str(get_locale().language)


def day(moment: datetime) -> str:
    """A day as people say it; the year only where it is not this one."""
    same_year = moment.year == datetime.now(tz=moment.tzinfo).year
    return str(format_date(moment, "d MMM" if same_year else "d MMM y"))


def soon(when: date, today: date) -> str:
    """A day as people say it from where they stand: today, tomorrow, Tue 24, 1 Dec."""
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}.get((when - today).days)
    if near:
        return str(near)
    if 0 < (when - today).days < _WEEK_DAYS:
        return str(format_date(when, "EEE d"))
    return str(format_date(when, "d MMM" if when.year == today.year else "d MMM y"))


def month(when: date) -> str:
    """A month as people say it: March 2021, marzo de 2021."""
    return str(format_date(when, "MMMM 'de' y" if current() == "es" else "MMMM y"))


def moment(when: datetime) -> str:
    """A local time as one says it: viernes 27 de noviembre, 10:00."""
    return str(
        format_datetime(when, "EEEE d 'de' MMMM, H:mm" if current() == "es" else "EEEE d MMMM, H:mm", rebase=False)
    )


def week(first: date, last: date) -> str:
    """From one day to another of the same week or the next: 16 – 22 November, Del 16 al 22 de noviembre."""
    of = " 'de' " if current() == "es" else " "
    begins = format_date(first, "d" if first.month == last.month else f"d{of}MMMM")
    return str(_("%(first)s – %(last)s", first=begins, last=format_date(last, f"d{of}MMMM")))


@language.get("/language/<code>")
def choose(code: str) -> Response:
    """Keep the choice on this device and go back to the page."""
    if code not in LANGUAGES:
        abort(404)
    remember(code)
    response = make_response(redirect(inside(request.args.get("next", ""))))
    response.set_cookie(COOKIE, code, max_age=YEAR_SECONDS, httponly=True, samesite="Lax", secure=request.is_secure)
    return response


def remember(code: str) -> None:
    """Keep the language for what is written to the account while no page is open."""
    if g.get("account"):
        with parts().db.transaction() as tx:
            mail_settings.speak(tx, owner=g.account.id, locale=code)


def inside(path: str) -> str:
    """The path if it stays on this site, else the front page: a link must not lead a person elsewhere."""
    try:
        parted = urlsplit(path.replace("\\", "/"))
    except ValueError:  # brackets where the name of a site would stand
        return "/"
    safe = path.startswith("/") and not path.startswith("//") and not parted.scheme and not parted.netloc
    return path if safe and path.isprintable() else "/"
