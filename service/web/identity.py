"""Who is asking: an API token in the request, or the session that a sign-in left in the cookie."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Final, ParamSpec, TypeVar
from urllib.parse import urlsplit

from flask import Flask, current_app, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from service.domain.errors import BadValue, NotSignedIn
from service.storage import sessions, tokens
from service.storage.accounts import Account
from service.storage.tokens import Bearer, Scope
from service.web import unfinished
from service.web.parts import parts

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")

_TOKEN = "token"  # noqa: S105 - the key in the cookie, not a secret
_USER_AGENT_LIMIT = 200

PROOF_MINUTES: Final = 15
"""So long after a sign-in, or after showing again that it is he, a person may make keys and see secrets."""


def register(app: Flask) -> None:
    app.before_request(_identify)


def account() -> Account:
    """The account that asks. Raises NotSignedIn where there is none."""
    found: Account | None = g.account
    if found is None:
        raise NotSignedIn("not_signed_in", "Sign in, or send an API token as `Authorization: Bearer TOKEN`.")
    return found


def start(account: Account, *, proved_at: datetime | None = None) -> None:
    """Open a session for the account and keep its token in the signed cookie of this answer.

    `proved_at`: when its owner last showed that it is he; None where another device let this one in on its word.
    """
    typed = session.get(unfinished.KEY) if g.account and g.account.id == account.id else None
    stop()
    with parts().db.transaction() as tx:
        agent = request.user_agent.string[:_USER_AGENT_LIMIT]
        days = parts().config.session_days
        session[_TOKEN] = sessions.start(tx, owner=account.id, user_agent=agent, days=days, proved_at=proved_at)
    session.permanent = True
    if typed:
        session[unfinished.KEY] = typed
    g.account = account


def stop() -> None:
    """End the session of this request, here and in the database."""
    token = session.get(_TOKEN)
    if token:
        with parts().db.transaction() as tx:
            sessions.end(tx, token)
    session.clear()
    g.account = None


def signed_in(page: Callable[Arguments, Answer]) -> Callable[Arguments, Answer | Response]:
    """A page for signed-in people: others who open it are sent to the sign-in and back."""

    @wraps(page)
    def guarded(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer | Response:
        if g.account is None and request.method in {"GET", "HEAD"}:
            back = request.full_path.removesuffix("?")
            return redirect(url_for("pages.sign_in.form", next=None if back == "/" else back))
        account()
        return page(*args, **kwargs)

    return guarded


def proved_lately() -> bool:
    """Whether whoever asks showed within the last minutes that it is he: not everybody who holds the phone is."""
    with parts().db.reading() as tx:
        at = sessions.proved_at(tx, this_session()) if this_session() else None
    return at is not None and at > datetime.now(UTC) - timedelta(minutes=PROOF_MINUTES)


def proved(page: Callable[Arguments, Answer]) -> Callable[Arguments, Answer | Response]:
    """A step that only its owner may take: whoever did not show lately that it is he is asked first."""
    return proved_keeping()(page)


def proved_keeping(
    *fields: str,
) -> Callable[[Callable[Arguments, Answer]], Callable[Arguments, Answer | Response]]:
    """The same for a form, of which these fields, none of them secret, are there again after the question."""

    def guard(page: Callable[Arguments, Answer]) -> Callable[Arguments, Answer | Response]:
        @wraps(page)
        def guarded(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer | Response:
            account()
            if proved_lately():
                return page(*args, **kwargs)
            if fields:
                unfinished.keep(fields)
            back = request.path if request.method == "GET" else _path_of(request.referrer or "")
            return redirect(url_for("pages.proving.page", next=back or url_for("pages.access.page")), 303)

        return guarded

    return guard


def _path_of(address: str) -> str:
    """The path of an address that a browser says it comes from; "" where it says none."""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def session_hash() -> str:
    """By which rows that end with this session know it; "" for who came by a token."""
    return sessions.hash_of(session[_TOKEN]) if came_by_cookie() and session.get(_TOKEN) else ""


def came_by_cookie() -> bool:
    """Whether the browser sent the proof by itself, so that another site could have made it do so."""
    return bool(g.account) and "Authorization" not in request.headers


def _identify() -> None:
    g.account = None
    if request.endpoint is None or request.endpoint.endswith("static") or request.blueprint == "health":
        return
    if request.path.startswith("/api/") and "Authorization" in request.headers:
        g.account = _account_of_token(request.headers["Authorization"])
    elif session.get(_TOKEN):
        g.account = _account_of_session(session[_TOKEN])


def this_session() -> str:
    """The secret of the session that asks; "" for who came by a token."""
    return str(session.get(_TOKEN, "")) if came_by_cookie() else ""


def _account_of_session(secret: str) -> Account | None:
    with parts().db.reading() as tx:
        found = sessions.account_of(tx, secret, idle_days=parts().config.session_idle_days)
        unseen = found is not None and sessions.seems_unseen(tx, secret)
    if unseen:
        with parts().db.transaction() as tx:
            sessions.seen(tx, secret)
    return found


def _account_of_token(header: str) -> Account | None:
    """Raise NotSignedIn for a header that is no token of ours: a wrong key is never taken for no key."""
    scheme, _, secret = header.partition(" ")
    found = _bearer_of(secret.strip()) if scheme.lower() == "bearer" else None
    if found is None:
        parts().throttle.count_wrong("token", place=request.remote_addr or "")
        current_app.logger.info("A token was refused.")
        raise NotSignedIn("wrong_token", "The API token is wrong, or it was withdrawn. Make a new one.")
    if found.scope is Scope.READ and request.method not in {"GET", "HEAD", "OPTIONS"}:
        raise BadValue("token_reads_only", "This key may look at things only. Make one that may change them.")
    return found.account


def _bearer_of(secret: str) -> Bearer | None:
    with parts().db.reading() as tx:
        found = tokens.bearer_of(tx, secret) if secret else None
    if found and found.unseen:
        with parts().db.transaction() as tx:
            tokens.used(tx, secret)
    return found
