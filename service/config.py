"""What an installation may set: the only reader of the environment, and a strict one."""

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, TypeVar, get_args
from urllib.parse import urlsplit

from service.domain.bucket import SCHEME, Bucket, bucket_of
from service.domain.entering.provider import Admits, Provider, checked_issuer
from service.domain.errors import BadValue
from service.domain.reaching import vapid
from service.domain.reaching.mail import Server, server_of

Reader = Literal["both", "rapidocr", "tesseract"]
SignUp = Literal["closed", "invited", "open"]

Choice = TypeVar("Choice", bound=str)

MEGABYTE: Final = 1024 * 1024
SAMPLES: Final = Path(__file__).parent.parent / "fixtures" / "cards"


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Every setting, read once; docs/configuration.md says the same in prose and a test compares the two.

    What may hold a password is left out of `repr`, so that it reaches no log by accident.
    """

    data: Path
    files: Path | Bucket
    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    old_keys: tuple[str, ...] = field(repr=False)
    sign_up: SignUp
    provider: Provider | None
    session_days: int
    session_idle_days: int
    record_days: int
    reader: Reader
    public_url: str
    host: str
    port: int
    push_key: str = field(repr=False)
    push_contact: str
    push_at_home: bool
    https_at_home: bool
    trust_port: int
    proxies: int
    workers: int
    max_photo_bytes: int
    mail_server: Server | None
    mail_from: str
    metrics_token: str = field(repr=False)
    job_timeout_seconds: int
    job_memory_mb: int
    job_tries: int = 3
    samples: Path = SAMPLES

    @property
    def certificates(self) -> Path:
        """Where the local authority and its certificate lie, with HTTPS at home."""
        return self.data / "https"

    @property
    def address(self) -> str:
        """Where people reach the service, for links in mails: as set, else as the running one said at its start."""
        at_home = f"{'https' if self.https_at_home else 'http'}://localhost:{self.port}"
        return self.public_url or self.given_out or at_home

    @property
    def given_out(self) -> str:
        """What the running service said at its start: its address in its network; "" where nothing said one."""
        try:
            return (self.data / GIVEN_OUT).read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return ""

    @property
    def signing_keys(self) -> tuple[str, ...]:
        """What signs links and seals passwords: the first writes, every one of them reads."""
        return (self.secret_key, *self.old_keys)

    @property
    def key_files(self) -> tuple[str, ...]:
        """What lies in the data folder and is secret: of these, whatever is there belongs into a backup."""
        return (KEY_FILE, OLD_KEYS_FILE, "push-key", self.certificates.name)

    @property
    def secure(self) -> bool:
        """Whether people come by HTTPS, so that cookies need go no other way."""
        return self.https_at_home or self.public_url.startswith("https://")

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None, *, overrides: Mapping[str, str] | None = None) -> "Config":
        """Read every setting; what a command line said (`overrides`, by the same names) wins."""
        settings = _Settings({**(os.environ if env is None else env), **(overrides or {})})
        data = settings.folder("UNDRAWER_DATA", "data")
        files = settings.files("UNDRAWER_FILES", data / "photos")
        # Machines that share no folder would each make a key of their own, and refuse what the others signed.
        own = _own_secret if isinstance(files, Path) else _secret_there
        mail_server = settings.mail_server("UNDRAWER_SMTP_URL")
        at_home = settings.one_of("UNDRAWER_HTTPS", "off", ("off", "home")) == "home"
        port = settings.whole("UNDRAWER_PORT", HTTPS_PORT if at_home else 8000, least=1, most=65_535)
        return cls(
            data=data,
            files=files,
            database_url=settings.url("UNDRAWER_DATABASE_URL", f"sqlite:///{data / 'undrawer.db'}", _DATABASES),
            redis_url=settings.url("UNDRAWER_REDIS_URL", f"unix://{data / 'redis.sock'}", _REDISES),
            secret_key=settings.secret("UNDRAWER_SECRET_KEY")
            or own("UNDRAWER_SECRET_KEY", data / KEY_FILE, new_secret),
            old_keys=settings.old_keys("UNDRAWER_OLD_SECRET_KEYS", data / OLD_KEYS_FILE),
            sign_up=settings.sign_up("UNDRAWER_SIGN_UP", mail_server),
            provider=settings.provider(),
            session_days=settings.whole("UNDRAWER_SESSION_DAYS", 90, least=1, most=400),
            session_idle_days=settings.whole("UNDRAWER_SESSION_IDLE_DAYS", 30, least=1, most=400),
            record_days=settings.whole("UNDRAWER_RECORD_DAYS", 90, least=1, most=3660),
            reader=settings.one_of("UNDRAWER_READER", "both", get_args(Reader)),
            public_url=settings.url("UNDRAWER_PUBLIC_URL", "", ("http", "https")).rstrip("/"),
            host=settings.text("UNDRAWER_HOST", EVERYWHERE),
            port=port,
            push_key=settings.push_key("UNDRAWER_PUSH_KEY")
            or own("UNDRAWER_PUSH_KEY", data / "push-key", vapid.new_key),
            push_contact=settings.contact("UNDRAWER_PUSH_CONTACT"),
            push_at_home=settings.one_of("UNDRAWER_PUSH_AT_HOME", "off", ("off", "on")) == "on",
            https_at_home=at_home,
            trust_port=settings.whole("UNDRAWER_TRUST_PORT", 8000 if port != 8000 else 8001, least=1, most=65_535),
            proxies=settings.whole("UNDRAWER_PROXIES", 0, least=0, most=5),
            workers=settings.whole("UNDRAWER_WORKERS", os.cpu_count() or 1, least=1, most=256),
            max_photo_bytes=settings.whole("UNDRAWER_MAX_PHOTO_MB", 25, least=1, most=200) * MEGABYTE,
            mail_server=mail_server,
            mail_from=settings.mail_from("UNDRAWER_MAIL_FROM", mail_server),
            metrics_token=settings.secret("UNDRAWER_METRICS_TOKEN"),
            job_timeout_seconds=settings.whole("UNDRAWER_JOB_TIMEOUT_SECONDS", 120, least=1, most=3600),
            job_memory_mb=settings.whole("UNDRAWER_JOB_MEMORY_MB", 1024, least=64, most=65_536),
        )


def one_thread_each() -> None:
    """Keep every reading engine, and Tesseract started from here, to one thread: there is one process a core."""
    for name in ("OMP_THREAD_LIMIT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")


KEY_FILE: Final = "secret-key"
OLD_KEYS_FILE: Final = "old-secret-keys"  # one a line, the newest first
HTTPS_PORT: Final = 8443
GIVEN_OUT: Final = "address"  # the file in the data folder
EVERYWHERE: Final = "0.0.0.0"  # noqa: S104  # the phone that takes the photos is another machine of the same network
_DATABASES: Final = ("sqlite", "postgresql", "postgresql+psycopg")
_REDISES: Final = ("unix", "redis", "rediss")


class _Settings:
    """The environment, asked one typed question at a time. An empty value counts as not set."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._env = env

    def text(self, name: str, default: str) -> str:
        return self._env.get(name, "").strip() or default

    def folder(self, name: str, default: str) -> Path:
        path = Path(self.text(name, default)).expanduser().absolute()
        try:
            path.mkdir(mode=0o700, parents=True, exist_ok=True)  # what cards say is for nobody else on the machine
        except OSError as error:
            raise _wrong(name, str(path), f"a folder that can be written ({error.strerror})") from None
        return path

    def files(self, name: str, default: Path) -> Path | Bucket:
        """Where photos and pictures lie: a folder, or a bucket of an S3 server."""
        text = self.text(name, str(default))
        if not text.startswith(SCHEME):
            return self.folder(name, text) if text != str(default) else default
        try:
            return bucket_of(
                text,
                endpoint=self.url("UNDRAWER_S3_ENDPOINT", "", ("http", "https")),
                region=self.text("UNDRAWER_S3_REGION", "us-east-1"),
                key_id=self.secret("UNDRAWER_S3_KEY_ID"),
                secret=self.secret("UNDRAWER_S3_SECRET"),
            )
        except BadValue as error:
            raise _wrong(name, text, error.message) from None

    def whole(self, name: str, default: int, *, least: int, most: int) -> int:
        text = self.text(name, str(default))
        if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
            raise _wrong(name, text, f"a whole number from {least} to {most}")
        return int(text)

    def one_of(self, name: str, default: Choice, allowed: tuple[Choice, ...]) -> Choice:
        text = self.text(name, default)
        for known in allowed:
            if text == known:
                return known
        raise _wrong(name, text, f"one of {', '.join(allowed)}")

    def url(self, name: str, default: str, schemes: tuple[str, ...]) -> str:
        text = self.secret(name) or default
        allowed = text == default or (urlsplit(text).scheme in schemes and "://" in text)
        if not allowed:
            # The value may hold a password, so only its beginning is shown.
            raise _wrong(
                name, text.partition(":")[0] + ":...", "a URL with " + " or ".join(f"{scheme}://" for scheme in schemes)
            )
        return text

    def mail_server(self, name: str) -> Server | None:
        url = self.secret(name)
        try:
            return server_of(url) if url else None
        except BadValue as error:
            # It holds a password, so only its beginning is shown.
            raise _wrong(name, url.partition(":")[0] + ":...", error.message) from None

    def mail_from(self, name: str, server: Server | None) -> str:
        """The sender of the service's own mails; without one, who we are at the server."""
        text = self.text(name, server.username if server else "")
        if server and not ("@" in text and text.isprintable() and " " not in text):
            raise _wrong(name, text, "the address that mail of the service comes from")
        return text

    def sign_up(self, name: str, mail_server: Server | None) -> SignUp:
        """Who may make an account; with an open door, an address counts only once a mail to it was answered."""
        wanted: SignUp = self.one_of(name, "invited", ("closed", "invited", "open"))
        if wanted == "open" and mail_server is None:
            raise _wrong(name, wanted, "open with UNDRAWER_SMTP_URL only, for addresses are checked by mail")
        return wanted

    def provider(self) -> Provider | None:
        """The firm's own sign-in, if one is named."""
        issuer = self.text("UNDRAWER_OIDC_ISSUER", "")
        if not issuer:
            return None
        client_id = self.text("UNDRAWER_OIDC_CLIENT_ID", "")
        if not client_id:
            raise _wrong("UNDRAWER_OIDC_CLIENT_ID", "", "who this installation is at UNDRAWER_OIDC_ISSUER")
        try:
            issuer = checked_issuer(issuer)
        except BadValue as error:
            raise _wrong("UNDRAWER_OIDC_ISSUER", issuer, error.message) from None
        return Provider(
            issuer=issuer,
            client_id=client_id,
            client_secret=self.secret("UNDRAWER_OIDC_CLIENT_SECRET"),
            name=self.text("UNDRAWER_OIDC_NAME", urlsplit(issuer).hostname or ""),
            admits=Admits(self.one_of("UNDRAWER_OIDC_ADMITS", "known", ("known", "all"))),
        )

    def old_keys(self, name: str, file: Path) -> tuple[str, ...]:
        """Keys that still read what they wrote: those that were said, then those that a change of keys left here."""
        left = file.read_text(encoding="ascii").split() if file.exists() else []
        return tuple(dict.fromkeys([*self.secret(name).split(), *left]))

    def push_key(self, name: str) -> str:
        try:
            return vapid.check(key) if (key := self.secret(name)) else ""
        except BadValue:
            raise _wrong(name, "(set)", "a private key of the curve P-256, as PEM or in base64url") from None

    def contact(self, name: str) -> str:
        """Where the people of a push service may complain; they want something, and read it when there is trouble."""
        text = self.text(name, "")
        if text and not text.startswith(("mailto:", "https://")):
            raise _wrong(name, text, "an address that begins with mailto: or https://")
        return text

    def secret(self, name: str) -> str:
        """Give a value that may also stand in a file, as container secrets do: NAME_FILE names it."""
        path = self.text(name + "_FILE", "")
        if not path:
            return self.text(name, "")
        if self.text(name, ""):
            raise _wrong(name, "(set)", f"{name} or {name}_FILE, not both")
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise _wrong(name + "_FILE", path, f"a file that can be read ({error.strerror})") from None


def _wrong(name: str, value: str, allowed: str) -> BadValue:
    return BadValue("setting", f"{name} is {value!r}. Allowed: {allowed}.")


def new_secret() -> str:
    return secrets.token_urlsafe(48)


def _own_secret(_name: str, path: Path, make: Callable[[], str]) -> str:
    """Read a key of the installation's own, made at the first start. Raises BadValue where the folder is closed or full."""
    try:
        _demand_made(path, make)
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise _wrong("UNDRAWER_DATA", str(path.parent), f"a folder that can be written ({error.strerror})") from None


def _demand_made(path: Path, make: Callable[[], str]) -> None:
    """Web and workers may start at once: the file is written aside and linked into place, which only one of them can."""
    if not path.exists():
        draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        draft.touch(mode=0o600)
        try:
            draft.write_text(make(), encoding="ascii")
            path.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink()


def _secret_there(name: str, path: Path, _make: Callable[[], str]) -> str:
    """Read a key that was brought to this machine; each making its own would be worse than not to start."""
    if not path.exists():
        raise _wrong(name, "", f"with files in a bucket: the same for every machine, or the file {path}")
    return path.read_text(encoding="ascii").strip()
