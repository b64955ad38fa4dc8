"""A firm's own sign-in on loopback, made of Authlib's server: it insists on PKCE and signs what the test tells it to."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import AuthorizationCodeMixin, ClientMixin
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import OpenIDCode, UserInfo
from flask import Flask, jsonify, request
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from werkzeug.serving import make_server
from werkzeug.wrappers import Response

CLIENT, SECRET = "undrawer", "secreto de la empresa"


class Client(ClientMixin):  # type: ignore[misc]
    """The one installation that may ask."""

    def get_client_id(self) -> str:
        return CLIENT

    def get_default_redirect_uri(self) -> str:
        return ""

    def get_allowed_scope(self, scope: str) -> str:
        return scope

    def check_redirect_uri(self, uri: str) -> bool:
        return uri.endswith("/sign-in/firm/back")

    def check_client_secret(self, secret: str) -> bool:
        return secret == SECRET

    def check_endpoint_auth_method(self, method: str, _endpoint: str) -> bool:
        return method in {"client_secret_basic", "client_secret_post"}

    def check_response_type(self, kind: str) -> bool:
        return kind == "code"

    def check_grant_type(self, kind: str) -> bool:
        return kind == "authorization_code"


@dataclass
class Code(AuthorizationCodeMixin):  # type: ignore[misc]
    """What was given out for a person, and for which challenge."""

    asked: dict[str, str]
    scope: str

    def get_redirect_uri(self) -> str:
        return self.asked["redirect_uri"]

    def get_scope(self) -> str:
        return self.scope

    @property
    def code_challenge(self) -> str:
        return self.asked["code_challenge"]

    @property
    def code_challenge_method(self) -> str:
        return self.asked["code_challenge_method"]


@dataclass
class Firm:
    """The server. `person` is who is signed in there; `lies` change what its token says, `forges` by whom it is signed."""

    person: dict[str, Any]
    lies: dict[str, Any] = field(default_factory=dict)
    forges: bool = False
    issuer: str = ""
    codes: dict[str, Code] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    other: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))

    def token(self, claims: dict[str, Any]) -> str:
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.other if self.forges else self.key)


def application(firm: Firm) -> Flask:
    app = Flask("another_sign_in")
    server = AuthorizationServer(app, query_client=lambda _id: Client(), save_token=lambda _token, _request: None)
    give_codes(server, firm)
    open_doors(app, server, firm)
    return app


def give_codes(server: AuthorizationServer, firm: Firm) -> None:
    class Grant(AuthorizationCodeGrant):  # type: ignore[misc]
        TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_basic", "client_secret_post"]  # noqa: RUF012

        def save_authorization_code(self, code: str, request: Any) -> None:
            firm.codes[code] = Code(dict(request.payload.data), request.payload.scope)

        def query_authorization_code(self, code: str, _client: Any) -> Code | None:
            return firm.codes.get(code)

        def delete_authorization_code(self, code: Code) -> None:
            firm.codes = {name: kept for name, kept in firm.codes.items() if kept is not code}

        def authenticate_user(self, _code: Code) -> dict[str, Any]:
            return firm.person

    class Tokens(OpenIDCode):  # type: ignore[misc]
        def exists_nonce(self, _nonce: str, _request: Any) -> bool:
            return False

        def process_token(self, grant: Any, response: Any) -> None:
            now, code = int(time.time()), grant.request.authorization_code
            said = {
                "iss": firm.issuer,
                "aud": CLIENT,
                "iat": now,
                "exp": now + 60,
                "nonce": code.asked["nonce"],
                "auth_time": now,
            }
            response[1]["id_token"] = firm.token({**said, **firm.person, **firm.lies})

    server.register_grant(Grant, [Tokens(require_nonce=True), CodeChallenge(required=True)])


def open_doors(app: Flask, server: AuthorizationServer, firm: Firm) -> None:
    @app.get("/.well-known/openid-configuration")
    def about() -> Response:
        ends = {f"{name}_endpoint": f"{firm.issuer}/{name}" for name in ("authorization", "token", "userinfo")}
        algs = {"id_token_signing_alg_values_supported": ["RS256"]}
        return jsonify({"issuer": firm.issuer, "jwks_uri": f"{firm.issuer}/keys", **ends, **algs})

    @app.get("/keys")
    def keys() -> Response:
        return jsonify(KeySet([firm.key]).as_dict(private=False))

    @app.get("/authorization")
    def authorize() -> Response:
        firm.asked.append(request.args.to_dict())
        assert request.args["code_challenge_method"] == "S256"
        answer: Response = server.create_authorization_response(
            grant_user=firm.person, grant=server.get_consent_grant(end_user=firm.person)
        )
        return answer

    @app.post("/token")
    def token() -> Response:
        answer: Response = server.create_token_response()
        return answer

    @app.get("/userinfo")
    def more() -> Response:
        return jsonify(UserInfo(firm.person))


@contextmanager
def running(firm: Firm) -> Iterator[Firm]:
    server = make_server("127.0.0.1", 0, application(firm), threaded=True)
    firm.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield firm
    server.shutdown()
    thread.join()
    server.server_close()
