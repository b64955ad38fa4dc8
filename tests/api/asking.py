"""People who ask the application, and the pictures they send."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from apiflask import APIFlask
from flask.testing import FlaskClient
from PIL import Image

from service.domain.reading.card import Box, Doubt, Evidence, Found, PersonName, Phone, PhoneType, Reading
from service.storage import accounts, tokens
from service.storage.accounts import Account


@dataclass(frozen=True)
class Person:
    """Somebody with an account, and a client that carries their token."""

    account: Account
    token: str
    client: FlaskClient

    def ask(self, method: str, path: str, **more: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.token}", **more.pop("headers", {})}
        return self.client.open(f"/api/v1{path}", method=method, headers=headers, buffered=True, **more)


def person(app: APIFlask, name: str) -> Person:
    with app.extensions["undrawer"].db.transaction() as tx:
        account = accounts.create(tx, name=name)
        token = tokens.create(tx, owner=account.id, name="tests")
    return Person(account, token, app.test_client())


def picture(shade: int = 0, *, kind: str = "JPEG", size: tuple[int, int] = (320, 200)) -> bytes:
    """A picture of one shade: other shades are other photos."""
    bytes_ = BytesIO()
    Image.new("RGB", size, (shade, shade, 200)).save(bytes_, kind)
    return bytes_.getvalue()


def reading() -> Reading:
    sure = Evidence(engines=("rapidocr", "tesseract"), confidence=0.98, box=Box(20, 30, 200, 24), passed=("valid",))
    weak = Evidence(engines=("rapidocr",), confidence=0.61, failed=("number_short",))
    return Reading(
        name=Found(PersonName("Lucía Ferrer Soto", given="Lucía", family="Ferrer Soto"), sure),
        org=Found("Faro Norte", sure),
        emails=(Found("lucia@faronorte.example", sure),),
        phones=(Found(Phone("91 000 11 2", type=PhoneType.WORK), weak, Doubt.NUMBER_SHORT),),
        lang="es",
        country="ES",
    )
