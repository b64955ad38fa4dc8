"""A merge, a bad merge undone, and an edit on a phone coming back: walked in the browser, and followed by vdirsyncer."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from apiflask import APIFlask
from playwright.sync_api import expect

from service.storage.dav import app_passwords
from tests.dav.test_vdirsyncer import SETTINGS
from tests.pages.conftest import Enter
from tests.pages.keeping import Keeper
from tests.pages.test_duplicates import DRAWER

pytestmark = pytest.mark.browser

TWICE = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:phone-1\r\nFN:Marta Ruiz\r\nN:Ruiz;Marta;;;\r\nTEL;TYPE=CELL:+34655412093\r\n"
    "EMAIL;TYPE=INTERNET:marta@faro.example\r\nX-ODD:kept\r\nREV:2024-01-01T00:00:00Z\r\nEND:VCARD\r\n"
)


@dataclass
class Phone:
    """A device that vdirsyncer keeps in step; its cards lie in a folder."""

    folder: Path

    def sync(self) -> dict[str, str]:
        """Give the cards after a sync, by UID."""
        self.run("sync")
        texts = [path.read_text(encoding="utf-8") for path in self.cards.iterdir()]
        return {text.partition("UID:")[2].splitlines()[0]: text for text in texts}

    @property
    def cards(self) -> Path:
        return self.folder / "cards" / "contacts"

    def change(self, uid: str, old: str, new: str) -> None:
        [path] = [one for one in self.cards.iterdir() if f"UID:{uid}" in one.read_text(encoding="utf-8")]
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def run(self, *words: str, asked: str = "") -> None:
        program = Path(sys.executable).parent / "vdirsyncer"
        done = subprocess.run(
            [program, "-c", self.folder / "config", *words], input=asked, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def phone(enter: Enter, app: APIFlask, address: str, tmp_path: Path) -> Phone:
    folder = tmp_path / "phone"
    folder.mkdir()
    with app.extensions["undrawer"].db.transaction() as tx:
        _, secret = app_passwords.make(tx, owner=enter.ana.id, name="phone")
    said = SETTINGS.format(folder=folder, address=address, user="ana@example.com", secret=secret)
    (folder / "config").write_text(said, encoding="utf-8")
    made = Phone(folder)
    made.run("discover", asked="y\n" * 9)
    return made


def test_a_merge_and_its_undoing_reach_the_phone_and_what_it_changes_comes_back(
    enter: Enter, keeper: Keeper, phone: Phone
) -> None:
    [marta] = keeper.write(DRAWER)
    phone.cards.joinpath("made-on-the-phone.vcf").write_text(TWICE, encoding="utf-8")
    assert set(phone.sync()) == {"marta", "phone-1"}

    # The two are joined in the browser: the phone keeps the UID that it has known longest, with the values of both.
    page = enter(f"/contacts/{marta}", language="es-ES")
    page.get_by_role("link", name="¿Es la misma persona que").click()
    page.get_by_role("button", name="La misma: unirlas").click()
    expect(page.get_by_role("button", name="Separar")).to_be_visible()
    joined = phone.sync()
    assert set(joined) == {"marta"}
    assert "655" in joined["marta"]
    assert "TITLE:Comercial" in joined["marta"]
    assert "X-ODD:kept" in joined["marta"]

    # An edit on the phone comes back to the page.
    phone.change("marta", "TITLE:Comercial", "TITLE:Gerente de Ñandú")
    assert set(phone.sync()) == {"marta"}
    page.goto(f"/contacts/{marta}")
    expect(page.get_by_text("Gerente de Ñandú", exact=True).first).to_be_visible()

    # It was a bad merge: both are back, there too, and the later edit stays with the one it was made on.
    page.get_by_role("button", name="Separar").click()
    expect(page.get_by_text("Vuelven a ser dos")).to_be_visible()
    apart = phone.sync()
    assert set(apart) == {"marta", "phone-1"}
    assert "TITLE:Gerente de Ñandú" in apart["marta"]
    assert "655" not in apart["marta"]
    assert apart["phone-1"].replace("\r\n", "\n").splitlines()[:8] == TWICE.splitlines()[:8]

    # And an edit in the browser reaches the phone, which then has nothing left to do.
    page.goto(f"/contacts/{marta}/edit")
    page.get_by_label("Cargo").first.fill("Directora")
    page.get_by_role("button", name="Guardar").first.click()
    expect(page.get_by_text("Directora", exact=True).first).to_be_visible()
    assert "TITLE:Directora" in phone.sync()["marta"]
    assert phone.sync()["marta"].count("TITLE:") == 1
