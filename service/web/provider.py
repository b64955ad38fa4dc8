"""A firm's own sign-in (OpenID Connect): the way there with state, nonce and PKCE, and what it vouches for on the way back."""

from datetime import UTC, datetime
from time import time
from typing import Any, Final

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Flask, current_app, url_for
from joserfc.errors import JoseError
from requests.exceptions import RequestException
from werkzeug.wrappers import Response

from service.config import Config
from service.domain.errors import BadValue, UndrawerError
from service.storage.entering.identities import Claims
from service.web.given_out import site
from service.web.parts import parts

PATIENCE_SECONDS: Final = 10
_NAME: Final = "provider"
_AHEAD_SECONDS: Final = 120  # so far its clock may be
_LONGEST: Final = 255  # of a subject: OpenID Connect Core, 2


def register(app: Flask, config: Config) -> None:
    """Make the client of the provider, if one is named; it is asked nothing before somebody goes there."""
    clients = OAuth(app)
    app.extensions["undrawer.provider"] = clients
    if config.provider:
        clients.register(
            _NAME,
            client_id=config.provider.client_id,
            client_secret=config.provider.client_secret or None,
            server_metadata_url=f"{config.provider.issuer}/.well-known/openid-configuration",
            client_kwargs={
                "scope": "openid email profile",
                "code_challenge_method": "S256",
                "default_timeout": PATIENCE_SECONDS,
                **({} if config.provider.client_secret else {"token_endpoint_auth_method": "none"}),
            },
        )


def away(*, again: bool = False) -> Response:
    """Go there. `again`: to show once more who one is, though signed in there."""
    try:
        more = {"prompt": "login", "max_age": "0"} if again else {}
        answer: Response = _client().authorize_redirect(_back(), **more)
    except (AuthlibBaseError, RequestException, ValueError, RuntimeError) as error:
        raise _silent(error) from None
    return answer


def back() -> Claims:
    """What it vouches for, of whoever comes back. Raises BadValue: nothing of it is believed unless all of it is right."""
    try:
        token = _client().authorize_access_token()
        said = dict(token.get("userinfo") or {})
        if said and "email" not in said:
            said = {**_more(token, said), **said}
        issuer = str(_client().load_server_metadata().get("issuer", ""))
    except RequestException as error:
        raise _silent(error) from None
    except (AuthlibBaseError, JoseError, ValueError, RuntimeError, KeyError, TypeError) as error:
        current_app.logger.info("The provider's answer was refused (%s).", type(error).__name__)
        raise _refused() from None
    return _claims(said, issuer)


def _claims(said: dict[str, Any], issuer: str) -> Claims:
    provider, subject = parts().config.provider, said.get("sub")
    meant = provider is not None and issuer.rstrip("/") == provider.issuer
    if not meant or not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST:
        raise _refused()
    checked = said.get("email_verified") is True
    email = str(said.get("email", "")).strip().lower() if checked else ""
    return Claims(issuer, subject, email, name=str(said.get("name", ""))[:200], shown_at=_shown_at(said))


def _shown_at(said: dict[str, Any]) -> datetime | None:
    """When it saw the person sign in, if it says so; never later than now. A time that is yet to come says nothing."""
    at, now = said.get("auth_time"), int(time())
    return datetime.fromtimestamp(min(at, now), tz=UTC) if type(at) is int and 0 < at < now + _AHEAD_SECONDS else None


def _more(token: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    """What some providers tell only when asked; of the same person, or of nobody (OpenID Connect Core, 5.3.2)."""
    if "userinfo_endpoint" not in _client().load_server_metadata():
        return {}
    asked = dict(_client().userinfo(token=token))
    return asked if asked.get("sub") == said.get("sub") else {}


def _client() -> Any:
    client = current_app.extensions["undrawer.provider"].create_client(_NAME)
    if client is None:
        raise BadValue("no_provider", "There is no other sign-in here.")
    return client


def _back() -> str:
    return site() + url_for("pages.firm.back")


def _silent(error: Exception) -> UndrawerError:
    current_app.logger.warning("The provider does not answer (%s).", type(error).__name__)
    return BadValue("provider_silent", "The other sign-in does not answer. Try again in a moment, or use another way.")


def _refused() -> UndrawerError:
    return BadValue("provider_refused", "The other sign-in did not say who you are. Try again.")
