"""The keys by which a push service knows who sends (RFC 8292): one pair an installation, an authorization a push."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    derive_private_key,
    generate_private_key,
)
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from py_vapid import Vapid02

from service.domain.errors import BadValue

GOOD_FOR: Final = timedelta(hours=12)
"""RFC 8292, 2: a day at most; half of it leaves room for clocks that differ."""

_PRIVATE_BYTES: Final = 32


def new_key() -> str:
    """Make a private key, written as most tools write it: 32 octets in base64url."""
    number = generate_private_key(SECP256R1()).private_numbers().private_value
    return _written(number.to_bytes(_PRIVATE_BYTES, "big"))


def check(key: str) -> str:
    """Give a private key back that is one, PEM or base64url. Raises BadValue."""
    _private(key)
    return key


def public_key(key: str) -> str:
    """What a browser is given when it subscribes, and what it demands of every push."""
    point = _private(key).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return _written(point)


def authorization(key: str, *, endpoint: str, contact: str, now: datetime) -> str:
    """The header by which the service of this endpoint knows us; `contact` is where its people may complain."""
    parts = urlsplit(endpoint)
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": int((now + GOOD_FOR).timestamp()), "sub": contact}
    # Its own rule for `sub` knows no addresses of the web without a dot, such as those of a network at home.
    header: str = Vapid02(_private(key), conf={"no-strict": True}).sign(claims)["Authorization"]
    return header


def _private(key: str) -> EllipticCurvePrivateKey:
    try:
        found = _of_pem(key) if "BEGIN" in key else _of_number(key)
    except ValueError:
        found = None
    if not isinstance(found, EllipticCurvePrivateKey) or not isinstance(found.curve, SECP256R1):
        raise BadValue("vapid_key", "This is no private key of the curve P-256.")
    return found


def _of_pem(key: str) -> object:
    return load_pem_private_key(key.encode(), password=None)


def _of_number(key: str) -> object:
    octets = urlsafe_b64decode(key.strip() + "=" * (-len(key.strip()) % 4))
    return derive_private_key(int.from_bytes(octets, "big"), SECP256R1()) if len(octets) == _PRIVATE_BYTES else None


def _written(octets: bytes) -> str:
    return urlsafe_b64encode(octets).rstrip(b"=").decode("ascii")
