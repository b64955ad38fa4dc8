import errno
import re
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from service.config import Config
from service.domain.bucket import Bucket
from service.domain.errors import BadValue
from service.domain.reaching import vapid
from service.domain.reaching.mail import Security, Server

ROOT = Path(__file__).parent.parent


@pytest.fixture
def documented() -> dict[str, str]:
    """Give the variables of docs/configuration.md with the defaults it names."""
    text = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^\| `(UNDRAWER_\w+)` \| ([^|]+) \|", text, re.MULTILINE))


def read(data: Path, **env: str) -> Config:
    return Config.from_env({"UNDRAWER_DATA": str(data), **env})


def test_every_setting_is_documented_and_every_documented_one_exists(documented: dict[str, str]) -> None:
    source = (ROOT / "service" / "config.py").read_text(encoding="utf-8")
    assert set(re.findall(r'"(UNDRAWER_\w+)"', source)) == set(documented)


def test_the_documented_defaults_are_the_real_ones(
    documented: dict[str, str], data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(data.parent)
    config = Config.from_env({})
    real = {
        "UNDRAWER_DATA": f"./{config.data.relative_to(data.parent)}",
        "UNDRAWER_DATABASE_URL": config.database_url.replace(str(data), "DATA"),
        "UNDRAWER_REDIS_URL": config.redis_url.replace(str(data), "DATA"),
        "UNDRAWER_READER": config.reader,
        "UNDRAWER_HOST": config.host,
        "UNDRAWER_PORT": str(config.port),
        "UNDRAWER_SIGN_UP": config.sign_up,
        "UNDRAWER_SESSION_DAYS": str(config.session_days),
        "UNDRAWER_SESSION_IDLE_DAYS": str(config.session_idle_days),
        "UNDRAWER_RECORD_DAYS": str(config.record_days),
        "UNDRAWER_MAX_PHOTO_MB": str(config.max_photo_bytes // 1024 // 1024),
        "UNDRAWER_JOB_TIMEOUT_SECONDS": str(config.job_timeout_seconds),
        "UNDRAWER_JOB_MEMORY_MB": str(config.job_memory_mb),
    }
    assert {name: f"`{value}`" for name, value in real.items()} == {name: documented[name] for name in real}


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("UNDRAWER_PORT", "80a", "from 1 to 65535"),
        ("UNDRAWER_PORT", "70000", "from 1 to 65535"),
        ("UNDRAWER_PORT", "-1", "from 1 to 65535"),
        ("UNDRAWER_PORT", "٨٠", "from 1 to 65535"),
        ("UNDRAWER_WORKERS", "0", "from 1 to 256"),
        ("UNDRAWER_READER", "abbyy", "both, rapidocr, tesseract"),
        ("UNDRAWER_DATABASE_URL", "mysql://host/name", "sqlite:// or postgresql://"),
        ("UNDRAWER_REDIS_URL", "localhost:6379", "redis://"),
        ("UNDRAWER_FILES", "s3://cards", "UNDRAWER_S3_KEY_ID"),
        ("UNDRAWER_FILES", "s3://Cards!/x", "s3://BUCKET"),
        ("UNDRAWER_FILES", "s3://cards/../etc", "s3://BUCKET"),
        ("UNDRAWER_SIGN_UP", "everybody", "closed, invited, open"),
        ("UNDRAWER_SIGN_UP", "open", "with UNDRAWER_SMTP_URL only"),
        ("UNDRAWER_OIDC_ISSUER", "https://id.example.org", "UNDRAWER_OIDC_CLIENT_ID"),
        ("UNDRAWER_SESSION_IDLE_DAYS", "0", "from 1 to 400"),
        ("UNDRAWER_PUSH_KEY", "abc", "a private key of the curve P-256"),
        ("UNDRAWER_PUSH_CONTACT", "ana@example.com", "mailto: or https://"),
        ("UNDRAWER_PUSH_AT_HOME", "home", "off, on"),
        ("UNDRAWER_PUBLIC_URL", "cards.example.org", "https://"),
        ("UNDRAWER_SECRET_KEY_FILE", "/nowhere/key", "a file that can be read"),
        ("UNDRAWER_SMTP_URL", "mail.example.org:25", "smtp://USER:PASSWORD@HOST:587"),
        ("UNDRAWER_SMTP_URL", "smtp://mail.example.org:99999", "up to 65535"),
        ("UNDRAWER_SMTP_URL", "smtp://mail.example.org?tls=maybe", "smtp://USER:PASSWORD@HOST:587"),
    ],
)
def test_a_wrong_value_says_which_and_what_is_allowed(data: Path, name: str, value: str, allowed: str) -> None:
    with pytest.raises(BadValue, match=re.escape(allowed)) as caught:
        read(data, **{name: value})
    assert name in caught.value.message


def test_a_folder_that_cannot_be_made_is_a_wrong_value(data: Path) -> None:
    (data / "file").touch()
    with pytest.raises(BadValue, match="UNDRAWER_DATA"):
        read(data / "file" / "folder")


def test_a_folder_in_which_no_key_can_be_made_is_a_wrong_value(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(BadValue, match=r"UNDRAWER_DATA is .*No space left on device"):
        Config.from_env({"UNDRAWER_DATA": str(data)})
    assert list(data.iterdir()) == []


def test_an_empty_value_is_none(data: Path) -> None:
    assert read(data, UNDRAWER_PORT="", UNDRAWER_READER=" ").port == 8000


def test_a_secret_may_stand_in_a_file(data: Path) -> None:
    (data / "secret").write_text("postgresql://u:hidden@db/undrawer\n")
    config = read(data, UNDRAWER_DATABASE_URL_FILE=str(data / "secret"))
    assert config.database_url == "postgresql://u:hidden@db/undrawer"


def test_a_secret_stands_in_one_place_only(data: Path) -> None:
    with pytest.raises(BadValue, match="not both"):
        read(data, UNDRAWER_SECRET_KEY="a", UNDRAWER_SECRET_KEY_FILE=str(data))


BUCKET = {
    "UNDRAWER_FILES": "s3://cards/of/ours/",
    "UNDRAWER_S3_ENDPOINT": "https://s3.example.org/",
    "UNDRAWER_S3_KEY_ID": "hush-id",
    "UNDRAWER_S3_SECRET": "hush",
}


def test_files_lie_in_the_data_folder_another_or_a_bucket(data: Path) -> None:
    assert read(data).files == data / "photos"
    assert read(data, UNDRAWER_FILES=str(data / "elsewhere")).files == data / "elsewhere"
    (data / "secret-key").write_text("signs")
    config = read(data, UNDRAWER_PUSH_KEY=vapid.new_key(), **BUCKET)
    assert isinstance(config.files, Bucket)
    assert (str(config.files), config.files.endpoint) == ("s3://cards/of/ours", "https://s3.example.org")
    assert config.secret_key == "signs"
    assert "hush" not in repr(config)


def test_machines_that_share_no_folder_share_their_keys(data: Path) -> None:
    with pytest.raises(BadValue, match="UNDRAWER_SECRET_KEY"):
        read(data, **BUCKET)
    with pytest.raises(BadValue, match="UNDRAWER_PUSH_KEY"):
        read(data, UNDRAWER_SECRET_KEY="signs", **BUCKET)
    assert not any(data.iterdir())


def test_no_secret_shows_when_the_settings_are_printed(data: Path) -> None:
    config = read(data, UNDRAWER_SECRET_KEY="hush", UNDRAWER_REDIS_URL="redis://:hush@host")
    assert "hush" not in repr(config)
    with pytest.raises(BadValue) as caught:
        read(data, UNDRAWER_DATABASE_URL="mysql://u:hush@host/name")
    assert "hush" not in str(caught.value)


def test_a_sign_in_elsewhere_is_secure_or_on_this_machine(data: Path) -> None:
    firm = {"UNDRAWER_OIDC_CLIENT_ID": "cards", "UNDRAWER_OIDC_CLIENT_SECRET": "hush"}
    config = read(data, UNDRAWER_OIDC_ISSUER="https://id.example.org/", **firm)
    assert config.provider
    assert (config.provider.issuer, config.provider.name) == ("https://id.example.org", "id.example.org")
    assert "hush" not in repr(config)
    assert read(data, UNDRAWER_OIDC_ISSUER="http://127.0.0.1:9400", **firm).provider
    with pytest.raises(BadValue, match="UNDRAWER_OIDC_ISSUER"):
        read(data, UNDRAWER_OIDC_ISSUER="http://id.example.org", **firm)
    assert read(data, **firm).provider is None


def test_keys_from_before_still_read(data: Path) -> None:
    (data / "old-secret-keys").write_text("older\noldest\n")
    config = read(data, UNDRAWER_SECRET_KEY="new", UNDRAWER_OLD_SECRET_KEYS="old older")
    assert config.signing_keys == ("new", "old", "older", "oldest")
    assert "oldest" not in repr(config)


def test_a_mail_server_is_read_from_its_url(data: Path) -> None:
    read_as = {
        "smtp://ana%40x.es:p%3Aw@mail.x.es": Server("mail.x.es", 587, Security.STARTTLS, "ana@x.es", "p:w"),
        "smtps://ana%40x.es@mail.x.es:4465": Server("mail.x.es", 4465, Security.TLS, "ana@x.es"),
        "smtp://127.0.0.1?starttls=no": Server("127.0.0.1", 25, Security.NONE),
    }
    for url, server in read_as.items():
        assert read(data, UNDRAWER_SMTP_URL=url, UNDRAWER_MAIL_FROM="cards@x.es").mail_server == server
    assert read(data).mail_server is None


def test_mail_comes_from_somebody_and_its_password_shows_nowhere(data: Path) -> None:
    assert read(data, UNDRAWER_SMTP_URL="smtps://ana%40x.es:hush@mail.x.es").mail_from == "ana@x.es"
    assert "hush" not in repr(read(data, UNDRAWER_SMTP_URL="smtps://ana%40x.es:hush@mail.x.es"))
    with pytest.raises(BadValue, match="UNDRAWER_MAIL_FROM") as caught:
        read(data, UNDRAWER_SMTP_URL="smtps://ana:hush@mail.x.es")
    assert "hush" not in str(caught.value)


def test_links_lead_where_the_running_service_said_it_is(data: Path) -> None:
    assert read(data).address == "http://localhost:8000"
    (data / "address").write_text("http://192.168.1.20:8000")
    assert read(data).address == "http://192.168.1.20:8000"
    assert read(data, UNDRAWER_PUBLIC_URL="https://cards.example.org/").address == "https://cards.example.org"


def test_the_key_is_made_once_and_for_the_owner_only(data: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = {(config.secret_key, config.push_key) for config in pool.map(read, [data] * 16)}
    assert len(keys) == 1
    assert min(len(key) for key in keys.pop()) >= 43
    assert sorted(path.name for path in data.iterdir()) == ["push-key", "secret-key"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in data.iterdir()} == {0o600}


def test_the_data_folder_is_made_for_its_owner_alone(data: Path) -> None:
    assert stat.S_IMODE(Config.from_env({"UNDRAWER_DATA": str(data / "new")}).data.stat().st_mode) == 0o700


def test_the_command_line_wins(data: Path) -> None:
    assert (
        Config.from_env({"UNDRAWER_PORT": "1"}, overrides={"UNDRAWER_DATA": str(data), "UNDRAWER_PORT": "2"}).port == 2
    )
