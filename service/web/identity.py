"""Who is asking: an API token in the request, or the session that a sign-in left in the cookie."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import Flask, current_app, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from service.domain.errors import NotSignedIn
from service.storage import accounts
from service.storage.accounts import Account
from service.web.parts import parts

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")

_TOKEN = "token"  # noqa: S105 - the key in the cookie, not a secret
_USER_AGENT_LIMIT = 200


def register(app: Flask) -> None:
    app.before_request(_identify)


def account() -> Account:
    """The account that asks. Raises NotSignedIn where there is none."""
    found: Account | None = g.account
    if found is None:
        raise NotSignedIn("not_signed_in", "Sign in, or send an API token as `Authorization: Bearer TOKEN`.")
    return found


def start(account: Account) -> None:
    """Open a session for the account and keep its token in the signed cookie of this answer."""
    stop()
    with parts().db.transaction() as tx:
        agent = request.user_agent.string[:_USER_AGENT_LIMIT]
        session[_TOKEN] = accounts.start_session(tx, owner=account.id, user_agent=agent)
    session.permanent = True
    g.account = account


def stop() -> None:
    """End the session of this request, here and in the database."""
    token = session.get(_TOKEN)
    if token:
        with parts().db.transaction() as tx:
            accounts.end_session(tx, token)
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


def session_hash() -> str:
    """By which rows that end with this session know it; "" for who came by a token."""
    return accounts.session_hash(session[_TOKEN]) if came_by_cookie() and session.get(_TOKEN) else ""


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
        with parts().db.reading() as tx:
            g.account = accounts.account_of_session(tx, session[_TOKEN])


def _account_of_token(header: str) -> Account | None:
    """Raise NotSignedIn for a header that is no token of ours: a wrong key is never taken for no key."""
    scheme, _, secret = header.partition(" ")
    found = None
    if scheme.lower() == "bearer" and secret.strip():
        with parts().db.reading() as tx:
            found = accounts.account_of_token(tx, secret.strip())
    if found is None:
        parts().throttle.count_wrong("token", place=request.remote_addr or "")
        current_app.logger.info("A token was refused.")
        raise NotSignedIn("wrong_token", "The API token is wrong, or it was withdrawn. Make a new one.")
    return found
