"""The authority at home: made once, for private addresses only, and its certificate renewed when something changed."""

import ipaddress
import socket
import ssl
import stat
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from cryptography import x509

from workers.command.running import certificates


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "https"
    certificates.prepare(made)
    return made


def served_to(folder: Path, name: str) -> str:
    """Speak TLS with a server that has the certificate, as one who trusts the authority; what the handshake says."""
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(folder / "server.pem", folder / "server.key")
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:

        def answer() -> None:
            try:
                with server.wrap_socket(listener.accept()[0], server_side=True) as kept:
                    kept.recv(1)
            except (ssl.SSLError, OSError):
                pass  # it is the client that says what was wrong

        thread = Thread(target=answer)
        thread.start()
        client = ssl.create_default_context(cafile=folder / "authority.pem")
        try:
            with (
                socket.create_connection(listener.getsockname()) as line,
                client.wrap_socket(line, server_hostname=name),
            ):
                return "trusted"
        except ssl.SSLCertVerificationError as error:
            return error.verify_message
        finally:
            thread.join()


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", socket.gethostname().lower()])
def test_who_trusts_the_authority_trusts_this_machine(folder: Path, name: str) -> None:
    assert served_to(folder, name) == "trusted"


def test_it_stays_as_it_is_while_nothing_changes(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert not certificates.prepare(folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_another_address_makes_another_certificate_of_the_same_authority(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert certificates.prepare(folder, more=["192.168.7.20", "undrawer.lan"])
    changed = {path.name for path in folder.iterdir() if path.read_bytes() != before[path.name]}
    assert changed == {"server.pem"}
    certificate = x509.load_pem_x509_certificate((folder / "server.pem").read_bytes())
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert ipaddress.ip_address("192.168.7.20") in names.get_values_for_type(x509.IPAddress)
    assert served_to(folder, "undrawer.lan") == "trusted"


def test_it_is_renewed_a_month_before_it_ends(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(certificates, "CERTIFICATE_DAYS", 20)
    (folder / "server.pem").unlink()
    assert certificates.prepare(folder)
    monkeypatch.undo()
    assert certificates.prepare(folder)
    certificate = x509.load_pem_x509_certificate((folder / "server.pem").read_bytes())
    left = certificate.not_valid_after_utc - datetime.now(UTC)
    assert timedelta(days=395) < left < timedelta(days=398)


def test_the_authority_signs_for_no_site_of_the_world(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificates.prepare(folder, more=["bank.example", "8.8.8.8"])
    certificate = x509.load_pem_x509_certificate((folder / "server.pem").read_bytes())
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert "bank.example" not in names.get_values_for_type(x509.DNSName)
    # And if somebody signed with its key all the same, nobody would take it.
    monkeypatch.setattr(certificates, "permitted", lambda *_args, **_more: True)
    certificates.prepare(folder, more=["bank.example"])
    assert served_to(folder, "bank.example") == "permitted subtree violation"


def test_the_keys_are_for_nobody_else(folder: Path) -> None:
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_a_phone_shows_the_same_fingerprint_as_the_terminal(folder: Path) -> None:
    shown = certificates.fingerprint(folder)
    assert len(shown.split(":")) == 32
    assert shown == certificates.fingerprint(folder).upper()
