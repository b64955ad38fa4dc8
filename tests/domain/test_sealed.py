import pytest

from service.domain.entering.sealed import seal, unseal
from service.domain.errors import BadValue

KEYS = ("a key of this installation",)


def test_what_was_sealed_is_read_again_and_not_otherwise() -> None:
    sealed = seal(KEYS, "mail", "contraseña")
    assert "contras" not in sealed
    assert unseal(KEYS, "mail", sealed) == "contraseña"
    assert seal(KEYS, "mail", "contraseña") != sealed


def test_a_new_key_reads_what_the_one_before_sealed() -> None:
    assert unseal(("new", *KEYS), "mail", seal(KEYS, "mail", "x")) == "x"


@pytest.mark.parametrize(("keys", "purpose"), [(("new",), "mail"), (KEYS, "other")])
def test_neither_another_key_nor_another_purpose_reads_it(keys: tuple[str, ...], purpose: str) -> None:
    with pytest.raises(BadValue, match="Write the password again"):
        unseal(keys, purpose, seal(KEYS, "mail", "x"))
