"""Secrets that are kept and must be read again, such as the password of a mail server: encrypted, for one purpose."""

from base64 import urlsafe_b64encode
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from service.domain.errors import BadValue


def seal(keys: Sequence[str], purpose: str, secret: str) -> str:
    """Encrypt with a key that is derived from the first of `keys` for this purpose alone."""
    return _box(keys, purpose).encrypt(secret.encode()).decode("ascii")


def unseal(keys: Sequence[str], purpose: str, sealed: str) -> str:
    """Decrypt with whichever key sealed it. Raises BadValue where none of them did."""
    try:
        return _box(keys, purpose).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise BadValue(
            "sealed_elsewhere", "The key of this installation was changed. Write the password again."
        ) from None


def _box(keys: Sequence[str], purpose: str) -> MultiFernet:
    return MultiFernet([Fernet(_derived(key, purpose)) for key in keys])


def _derived(key: str, purpose: str) -> bytes:
    # The installation's key is random and long: it wants deriving, not stretching.
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"undrawer.sealed.{purpose}".encode())
    return urlsafe_b64encode(derived.derive(key.encode()))
