"""HTTPS at home: an authority of this installation, made once, and its certificate for the addresses of this machine."""

import ipaddress
import os
import socket
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import psutil
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AUTHORITY_DAYS: Final = 3650
CERTIFICATE_DAYS: Final = 397
"""iOS takes 825 days of an authority that its owner trusts; public ones are down to 398."""
RENEWED_BEFORE: Final = timedelta(days=30)
CLOCKS_DIFFER: Final = timedelta(days=1)

PRIVATE_NETWORKS: Final = tuple(
    ipaddress.ip_network(network)
    for network in (
        "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10",
        "::1/128", "fc00::/7",
    )
)  # fmt: skip
"""Addresses that belong to no one in particular (RFC 1918, 3927, 6598, 4193). The authority signs for these and for the
network it was made in alone, so that whoever steals its key can stand in for no site of the world."""
PRIVATE_NAMES: Final = ("localhost", "local", "lan", "home", "internal", "home.arpa")

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Name = x509.DNSName | x509.IPAddress


def prepare(folder: Path, *, more: Iterable[str] = ()) -> bool:
    """Have a certificate for all addresses of now, `more` among them; whether a new one had to be made.

    The key stays the same, so that whoever loads both in this moment finds a pair.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    authority, authority_key = _authority(folder)
    names = [name for name in own_names(more) if permitted(name, by=authority)]
    if _still_good(folder / "server.pem", names=names, by=authority):
        return False
    certificate = _signed(names, key=_key(folder / "server.key"), by=authority, with_key=authority_key)
    _write(folder / "server.pem", certificate.public_bytes(serialization.Encoding.PEM))
    return True


def fingerprint(folder: Path) -> str:
    """The authority's SHA-256, as phones show it."""
    digest = _load(folder / "authority.pem").fingerprint(hashes.SHA256())
    return ":".join(f"{byte:02X}" for byte in digest)


def days_left(folder: Path) -> int | None:
    """How many days the server's certificate is good for; None where there is none."""
    path = folder / "server.pem"
    return (_load(path).not_valid_after_utc - datetime.now(UTC)).days if path.exists() else None


def own_names(more: Iterable[str] = ()) -> list[Name]:
    """Every name and private address that this machine answers to, those first that do not change."""
    host = socket.gethostname().lower()
    texts = ["localhost", host, f"{host.partition('.')[0]}.local", "127.0.0.1", "::1", *more]
    found = sorted(address for address, _ in _addresses())
    return list(dict.fromkeys(_name(text) for text in (*texts, *found) if text))


def permitted(name: Name, *, by: x509.Certificate) -> bool:
    """Whether the authority may sign for it."""
    allowed = by.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or []
    if isinstance(name, x509.IPAddress):
        networks = [one.value for one in allowed if isinstance(one, x509.IPAddress)]
        return any(isinstance(one, Network) and name.value in one for one in networks)
    domains = [one.value for one in allowed if isinstance(one, x509.DNSName)]
    return any(name.value == domain or name.value.endswith(f".{domain}") for domain in domains)


def _addresses() -> Iterator[tuple[str, str]]:
    """Each address of this machine, and the mask of its network."""
    for addresses in psutil.net_if_addrs().values():
        for one in addresses:
            if one.family in {socket.AF_INET, socket.AF_INET6}:
                yield one.address, one.netmask or ""


def _networks_here() -> Iterator[Network]:
    """The networks that this machine stands in: some homes and schools use addresses of the world inside."""
    for address, mask in _addresses():
        if "." in mask:
            yield ipaddress.ip_network(f"{address}/{mask}", strict=False)


def _name(text: str) -> Name:
    with suppress(ValueError):
        return x509.IPAddress(ipaddress.ip_address(text.partition("%")[0]))
    return x509.DNSName(text.encode("idna").decode())


def _authority(folder: Path) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    """The authority and its key; made where there is none, or where it is about to run out."""
    path, key = folder / "authority.pem", _key(folder / "authority.key")
    if not path.exists() or _load(path).not_valid_after_utc - RENEWED_BEFORE < datetime.now(UTC):
        _write(path, _new_authority(key).public_bytes(serialization.Encoding.PEM))
    return _load(path), key


def _new_authority(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    host = socket.gethostname().lower()
    subject = _subject(f"Undrawer, {host}")
    names = [x509.DNSName(name) for name in dict.fromkeys((*PRIVATE_NAMES, host))]
    networks = dict.fromkeys((*PRIVATE_NETWORKS, *_networks_here()))
    constraints = x509.NameConstraints([*names, *map(x509.IPAddress, networks)], None)
    usage = _usage(certificates=True)
    return (
        _begun(subject, subject, key, days=AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(constraints, critical=True)
        .sign(key, hashes.SHA256())
    )


def _signed(
    names: Sequence[Name],
    *,
    key: ec.EllipticCurvePrivateKey,
    by: x509.Certificate,
    with_key: ec.EllipticCurvePrivateKey,
) -> x509.Certificate:
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(with_key.public_key())
    return (
        _begun(_subject("Undrawer"), by.subject, key, days=CERTIFICATE_DAYS, at_most=by.not_valid_after_utc)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(issuer, critical=False)
        .sign(with_key, hashes.SHA256())
    )


def _begun(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    *,
    days: int,
    at_most: datetime | None = None,
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    ends = now + timedelta(days=days)
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(now - CLOCKS_DIFFER)
    builder = builder.not_valid_after(min(ends, at_most) if at_most else ends)
    return builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)


def _subject(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])


def _usage(*, certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not certificates,
        key_cert_sign=certificates,
        crl_sign=certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _still_good(path: Path, *, names: Sequence[Name], by: x509.Certificate) -> bool:
    if not path.exists():
        return False
    certificate = _load(path)
    kept = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    lasts = certificate.not_valid_after_utc - RENEWED_BEFORE > datetime.now(UTC)
    issuer = certificate.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value
    ours = issuer == x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key())  # type: ignore[arg-type]  # an authority of ours has a key of the kind that we make
    return lasts and ours and set(kept) == set(names)


def _load(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())


def _key(path: Path) -> ec.EllipticCurvePrivateKey:
    """The key in the file, made where there is none."""
    if not path.exists():
        made = ec.generate_private_key(ec.SECP256R1())
        pem, pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
        _write(path, made.private_bytes(pem, pkcs8, serialization.NoEncryption()))
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{path} holds a key of another kind. Remove the folder, and all is made anew.")
    return key


def _write(path: Path, content: bytes) -> None:
    """Write aside and move into place, for nobody else to read."""
    draft = path.with_name(f".{path.name}")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
