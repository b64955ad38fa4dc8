"""Who asks: the guard has looked at the password already, and Radicale takes its word."""

from radicale.auth import AuthContext, BaseAuth
from radicale.config import Configuration
from radicale.types import WSGIEnviron

from service.dav.asked import asked


class Auth(BaseAuth):
    """The user of a path is the id of the account: it never changes, whatever his address of mail does."""

    def __init__(self, configuration: Configuration) -> None:
        super().__init__(configuration)
        self._type = "undrawer"

    def get_external_login(self, environ: WSGIEnviron) -> tuple[()] | tuple[str, str]:  # noqa: ARG002  # Radicale's name
        owner = asked().owner
        return (owner, "checked") if owner else ()

    def _login_ext(self, login: str, password: str, context: AuthContext) -> str:  # noqa: ARG002
        return login if login and login == asked().owner else ""
