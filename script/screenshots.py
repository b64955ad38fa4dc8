# ruff: noqa: INP001 - a script beside others
"""Take the pictures of README and docs: every screen in real Chromium, on a drawer of people who do not exist.

`.venv/bin/python script/screenshots.py [FOLDER]` (default docs/pictures). Looked at by people, so run it after a change
of the screens and look at what came out.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import BytesIO
from pathlib import Path
from threading import Thread

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright
from werkzeug.serving import make_server

from service.config import Config
from service.domain.card import PhoneType, ReadCard
from service.storage import accounts
from service.storage.database import upgrade
from service.web import create_app
from service.web.parts import Parts
from tests.pages.drawn import Paper, back_of_the_first, card_of, phone, some_cards
from tests.pages.keeping import Keeper

ROOT = Path(__file__).parent.parent
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 800}
FAIR = "Feria de Bilbao"
PEOPLE = (
    ("Iker", "Olabide Sanz", "Responsable de planta", "Fundiciones Oria", "+34 943 21 00 45", "20250 Beasain"),
    ("Carme", "Puigdollers", "Arquitecta", "Estudi Garbí", "+34 933 10 45 76", "08003 Barcelona"),
    ("Duarte", "Menezes", "Diretor comercial", "Cortiças Alvor", "+351 289 412 300", "8500-011 Portimão"),
    ("Ottilie", "Brandt", "Einkaufsleiterin", "Nordwerk Pumpen", "+49 40 5550 1234", "20457 Hamburg"),
    ("Lucía", "Ferreras Gil", "Traductora técnica", "", "+34 609 11 82 37", "50001 Zaragoza"),
)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as data,
        running(Path(data)) as (parts, address),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        account = new_account(parts)
        take_empty(browser, parts, account, address, folder)
        screens = fill(Keeper(parts, account))
        for name, language, scheme, size in (
            ("phone-en", "en-GB", "light", PHONE),
            ("phone-es", "es-ES", "light", PHONE),
            ("phone-dark-es", "es-ES", "dark", PHONE),
            ("desk-en", "en-GB", "light", DESK),
        ):
            page = enter(browser, parts, account, address, language=language, scheme=scheme, size=size)
            for screen, path in screens.items():
                take(page, address + path, folder / f"{screen}-{name}.png")
        browser.close()


@contextmanager
def running(data: Path) -> Iterator[tuple[Parts, str]]:
    """Give the parts and the address of a server on an empty drawer."""
    config = Config.from_env({"UNDRAWER_DATA": str(data)})
    upgrade(config.database_url)
    app = create_app(config)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    parts: Parts = app.extensions["undrawer"]
    with closing(parts.db):
        yield parts, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def new_account(parts: Parts) -> str:
    with parts.db.transaction() as tx:
        return accounts.create(tx, name="Ana Torres Vidal").id


def fill(keeper: Keeper) -> dict[str, str]:
    """Fill the drawer; give the address of each screen."""
    for at, person in enumerate(PEOPLE):
        keeper.confirm(keeper.card(card(*person, at), f"IMG_20{at}.jpg", gathering=FAIR))
    doubtful, sure, other = some_cards()
    shown = keeper.confirm(keeper.card(other, "IMG_2038.jpg", gathering=FAIR, note="Promised her our catalogue."))
    keeper.card(sure, "IMG_2040.jpg", gathering=FAIR)
    review = keeper.card(doubtful, "IMG_2041.jpg", gathering=FAIR)
    back = keeper.card(
        back_of_the_first("Conservas Airiños", home="airinosconservas.es"), "IMG_2043.jpg", gathering=FAIR
    )
    keeper.photo("IMG_2042.heic", gathering=FAIR)
    return {
        "scan": "/",
        "review": f"/cards/{review}",
        "back": f"/cards/{back}",
        "drawer": "/contacts",
        "contact": f"/contacts/{shown}",
    }


def card(given: str, family: str, title: str, org: str, number: str, town: str, at: int) -> ReadCard:
    papers = (Paper(), Paper("#20242e", "#f0ece2", "#c9a227"), Paper("#eef2ee", "#22302a", "#2e6b4f"))
    mail = f"{given.lower()}@{(org or family).split()[-1].lower()}.example"
    numbers = (phone(number, PhoneType.WORK),)
    return card_of(
        given, family, title, org, phones=numbers, mail=mail, street="Calle Mayor 8", town=town, paper=papers[at % 3]
    )


def enter(
    browser: Browser, parts: Parts, account: str, address: str, *, language: str, scheme: str, size: ViewportSize
) -> Page:
    sharp = 2 if size == PHONE else 1
    context = browser.new_context(
        locale=language, color_scheme="dark" if scheme == "dark" else "light", viewport=size, device_scale_factor=sharp
    )
    page = context.new_page()
    with parts.db.transaction() as tx:
        link = accounts.new_sign_in_link(tx, owner=account)
    page.goto(f"{address}/sign-in/{link}")
    page.locator("main form button").click()
    page.wait_for_url(f"{address}/")
    return page


def take_empty(browser: Browser, parts: Parts, account: str, address: str, folder: Path) -> None:
    page = enter(browser, parts, account, address, language="en-GB", scheme="light", size=PHONE)
    take(page, f"{address}/", folder / "first-phone-en.png")


def take(page: Page, url: str, file: Path) -> None:
    page.goto(url)
    page.wait_for_load_state("networkidle")
    picture = Image.open(BytesIO(page.screenshot()))
    picture.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(file, optimize=True)


if __name__ == "__main__":
    main()
