# ruff: noqa: INP001 - a script beside others
"""Take the pictures of README and docs: every screen in real Chromium, on a drawer of people who do not exist.

`.venv/bin/python script/screenshots.py [FOLDER] [--only drawer contact]`. Without a folder it renews those of docs/pictures
that a page shows; into a folder it takes all screens in all looks. Looked at by people, so run it after a change of the
screens and look at what came out.
"""

import argparse
import logging
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from threading import Thread

import grown
from PIL import Image
from playwright.sync_api import Browser, Page, Playwright, ViewportSize, sync_playwright
from werkzeug.serving import make_server

from service.config import Config
from service.domain.reaching.mail import MailState, Outcome
from service.domain.reading.card import PhoneType, ReadCard
from service.domain.reading.stamp import Stamp
from service.storage import accounts
from service.storage.database import upgrade
from service.storage.following import policies, weeks
from service.storage.reaching import mail_settings, outgoing
from service.web import create_app
from service.web.parts import Parts
from tests.pages.drawn import Paper, back_of_the_first, card_of, phone, some_cards
from tests.pages.film import PLACES, desk, jpeg, lying
from tests.pages.keeping import Keeper

ROOT = Path(__file__).parent.parent
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 800}
TODAY = date(2026, 11, 24)
"""A Tuesday, the day after the fair: what the follow-up says depends on the day, and pictures should not."""

FAIR = Stamp(gathering="Feria de Bilbao", place="BEC, Barakaldo", met_on=TODAY - timedelta(days=1))
LUNCH = Stamp(gathering="Comida en Vigo", place="Vigo", met_on=TODAY - timedelta(days=12))
TALKS = Stamp(gathering="Jornadas de Vitoria", place="Vitoria", met_on=TODAY - timedelta(days=70))
PEOPLE = (
    (FAIR, ("Iker", "Olabide Sanz", "Responsable de planta", "Fundiciones Oria", "+34 943 21 00 45", "20250 Beasain")),
    (FAIR, ("Carme", "Puigdollers", "Arquitecta", "Estudi Garbí", "+34 933 10 45 76", "08003 Barcelona")),
    (LUNCH, ("Duarte", "Menezes", "Diretor comercial", "Cortiças Alvor", "+351 289 412 300", "8500-011 Portimão")),
    (LUNCH, ("Ottilie", "Brandt", "Einkaufsleiterin", "Nordwerk Pumpen", "+49 40 5550 1234", "20457 Hamburg")),
    (LUNCH, ("Lucía", "Ferreras Gil", "Traductora técnica", "", "+34 609 11 82 37", "50001 Zaragoza")),
    (TALKS, ("Aitor", "Mendizabal", "Logística", "Mendi Transportes", "+34 943 10 22 31", "20301 Irún")),
    (TALKS, ("Carmen", "Otero Vidal", "Gerente", "Conservas Otero", "+34 986 31 40 52", "36201 Vigo")),
)
IMPORTED = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:inigo\r\nFN:Íñigo Zubia\r\nN:Zubia;Íñigo;;;\r\nORG:Astilleros Ría\r\n"
    "ADR;TYPE=WORK:;;;Bilbao;;48014;\r\nEND:VCARD\r\n"
)
SHEET = (
    "First Name,Last Name,Email Address,Company,Position,Connected On\n"
    "Nuria,Vidal Ros,,Filtros Norte S.L.,Directora de compras,05 Nov 2023\n"
    "Luis,Peña Soto,luis@pena.example,Peña e Hijos,Gerente,12 Jan 2019\n"
)
MAILS = (
    ("Nuria Prat", "Nos vimos en la Cámara", MailState.SENT, ""),
    ("Luis Peña", "El contacto de Carmen", MailState.FAILED, "refused"),
    ("Carmen Leal", "Lo prometido", MailState.PERHAPS, "no_answer"),
)
LOOKS = (
    ("phone-en", "en-GB", "light", PHONE),
    ("phone-es", "es-ES", "light", PHONE),
    ("phone-dark-es", "es-ES", "dark", PHONE),
    ("desk-en", "en-GB", "light", DESK),
)
SYSTEMS = ("iphone", "android", "mac", "thunderbird")
"""In the order of the page."""

Shot = Callable[[Page, str], None]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", nargs="?", type=Path)
    asked.add_argument("--only", nargs="+", default=[], help="names of screens")
    given = asked.parse_args()
    folder = given.folder or ROOT / "docs" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = Wanted(set(given.only), set() if given.folder else shown())
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    policies.now = lambda: datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=UTC)  # type: ignore[attr-defined]
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        take_all(playwright, Path(data), folder, wanted)


@dataclass(frozen=True)
class Wanted:
    """Which pictures are taken: of these screens, and under these names; of an empty set, all."""

    screens: set[str]
    names: set[str]

    def __call__(self, screen: str, look: str) -> bool:
        return (not self.screens or screen in self.screens) and (not self.names or f"{screen}-{look}" in self.names)


def shown() -> set[str]:
    """The names of the pictures in README and docs."""
    pages = (ROOT / "README.md", *(ROOT / "docs").glob("*.md"))
    return {name for page in pages for name in re.findall(r"pictures/([\w-]+)\.png", page.read_text(encoding="utf-8"))}


def take_all(playwright: Playwright, data: Path, folder: Path, wanted: Wanted) -> None:
    with running(data) as (parts, address):
        account = new_account(parts)
        shots = Shots(playwright, parts, account, address, folder)
        shots.take({"first": shots.of("/")}, wanted, data)
        write_mails(parts, account)
        shots.take(shots.screens(fill(Keeper(parts, account)), data), wanted, data)
        later = new_account(parts)
        grown_shots = Shots(playwright, parts, later, address, folder)
        grown_shots.take(grown_shots.ties(grown.fill(parts, later)), wanted, data)


def browser_with(playwright: Playwright, film: Path) -> Browser:
    """A browser before whose camera the film runs."""
    flags = ["--no-sandbox", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    flags.append(f"--use-file-for-fake-video-capture={film}")
    return playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags)


def film_of(file: Path, size: ViewportSize) -> Path:
    """A card on a desk, held as that screen is held."""
    wood = Image.fromarray(desk()[:, :, ::-1])
    wood = wood.rotate(90, expand=True) if size == PHONE else wood
    held = Image.open(BytesIO(some_cards()[0].picture)).convert("RGBA").resize((550, 330))
    held = held.rotate(2.5, expand=True, resample=Image.Resampling.BICUBIC)
    wood.paste(held, ((wood.width - held.width) // 2, (wood.height - held.height) * 2 // 5), held)
    frame = BytesIO()
    wood.save(frame, "JPEG", quality=88)
    file.write_bytes(frame.getvalue() * 60)
    return file


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


def write_mails(parts: Parts, account: str) -> None:
    """What went out, what did not, and of what nobody knows."""
    with parts.db.transaction() as tx:
        for to, subject, state, reason in MAILS:
            mail = to.partition(" ")[0].lower()
            said = {"kind": "touch", "key": subject, "to": f"{mail}@airinos.example", "to_name": to, "text": "Hola."}
            id_ = outgoing.put(tx, owner=account, subject=subject, **said)
            outgoing.claim(tx, id_)
            outgoing.settle(tx, id=id_, outcome=Outcome(state, reason))


def fill(keeper: Keeper) -> dict[str, str]:
    """Fill the drawer; give the address of each page that belongs to one of the things put in."""
    keeper.write(IMPORTED)
    for at, (stamp, person) in reversed(list(enumerate(PEOPLE))):
        keeper.confirm(keeper.card(card(*person, at), f"IMG_20{at}.jpg", stamp=stamp))
    doubtful, sure, other = some_cards()
    said = Stamp(
        gathering=FAIR.gathering,
        place=FAIR.place,
        met_on=FAIR.met_on,
        note="Busca sensores para la línea de corte",
        promise="el contacto de Iker",
        promise_on=TODAY,
    )
    front = keeper.card(other, "IMG_2038.jpg", stamp=said)
    keeper.join(keeper.card(back_of_the_first("Nordlys Studio", home="nordlysstudio.se"), "IMG_2039.jpg"), front)
    shown = keeper.confirm(front)
    keeper.card(sure, "IMG_2040.jpg", stamp=FAIR)
    review = lying_there(keeper, doubtful)
    back = keeper.card(back_of_the_first("Conservas Airiños", home="airinosconservas.es"), "IMG_2043.jpg", stamp=FAIR)
    keeper.photo("IMG_2042.heic", stamp=FAIR)
    return {
        "review": f"/cards/{review}",
        "corners": f"/cards/{review}/corners",
        "back": f"/cards/{back}",
        "contact": f"/contacts/{shown}",
        "edit": f"/contacts/{shown}/edit",
    }


def lying_there(keeper: Keeper, found: ReadCard) -> str:
    """A card whose photo shows it on a desk, as its corners say."""
    there = PLACES[0]
    photo = jpeg(lying(found.picture, there))
    photo_id = keeper.photo("IMG_2041.jpg", content=photo, kind="image/jpeg", stamp=FAIR)
    first, second, third, fourth = ((float(x), float(y)) for x, y in there)
    return keeper.read(photo_id, replace(found, corners=(first, second, third, fourth)))[0]


def card(given: str, family: str, title: str, org: str, number: str, town: str, at: int) -> ReadCard:
    papers = (Paper(), Paper("#20242e", "#f0ece2", "#c9a227"), Paper("#eef2ee", "#22302a", "#2e6b4f"))
    mail = f"{given.lower()}@{(org or family).split()[-1].lower()}.example"
    numbers = (phone(number, PhoneType.MOBILE if number.startswith("+34 6") else PhoneType.WORK),)
    return card_of(
        given, family, title, org, phones=numbers, mail=mail, street="Calle Mayor 8", town=town, paper=papers[at % 3]
    )


class Shots:
    """Takes pictures of pages in every look."""

    def __init__(self, playwright: Playwright, parts: Parts, account: str, address: str, folder: Path) -> None:
        self._playwright, self._parts, self._account = playwright, parts, account
        self._address, self._folder = address, folder

    def screens(self, filled: dict[str, str], data: Path) -> dict[str, Shot]:
        plain = {
            "scan": "/",
            **filled,
            "drawer": "/contacts",
            "search": "/contacts?q=cort",
            "gatherings": "/gatherings",
            "today": "/today",
            "week": "/week",
            "sorting": "/sorting",
            "policy": "/policy",
            "settings": "/settings",
            "access": "/settings/access",
            "kept": "/privacy/kept",
            "status": "/status",
            "duplicates": "/duplicates",
            "exports": "/export",
            "export-google": "/export/google",
            "export-outlook": "/export/outlook",
            "address-book": "/settings/address-book",
            "import": "/import",
        }
        shots = {name: self.of(path) for name, path in plain.items()}
        shots |= {"mail": self._with_server("/settings/mail"), "outbox": self._with_server("/outbox")}
        return shots | {
            "camera": self._camera,
            **{f"connect-{system}": self._connect(place) for place, system in enumerate(SYSTEMS)},
            "columns": self._columns(data),
            "sign-in": self._signed_out,
        }

    def ties(self, filled: dict[str, str]) -> dict[str, Shot]:
        """The pages of the ties, of a drawer some months on."""
        plain = {
            "ties": "/ties",
            "introductions": "/introductions",
            "reconnect": "/reconnect",
            "three": "/focus",
            "worth": "/worth",
            "referrals": "/referrals",
            **filled,
        }
        return {name: self.of(path) for name, path in plain.items()}

    def of(self, path: str) -> Shot:
        def go(page: Page, _look: str) -> None:
            page.goto(self._address + path)

        return go

    def _with_server(self, path: str) -> Shot:
        """As who sends from her own address sees it; the other pictures are of who does not."""
        server = {"host": "smtp.torres.example", "port": "", "security": "starttls", "username": "ana@torres.example"}

        def go(page: Page, _look: str) -> None:
            with self._parts.db.transaction() as tx:
                address = "ana@torres.example"
                mail_settings.set_server(tx, owner=self._account, from_address=address, password="", **server)
            page.goto(self._address + path)
            with self._parts.db.transaction() as tx:
                mail_settings.drop_server(tx, owner=self._account)

        return go

    def take(self, screens: dict[str, Shot], wanted: Wanted, data: Path) -> None:
        weeks.settled(self._parts.db, owner=self._account)
        for look, language, scheme, size in LOOKS:
            browser = browser_with(self._playwright, film_of(data / "camera.mjpeg", size))
            page = self._enter(browser, language=language, scheme=scheme, size=size)
            for name, go in screens.items():
                if not wanted(name, look):
                    continue
                go(page, look)
                page.wait_for_load_state("networkidle")
                keep(page, self._folder / f"{name}-{look}.png")
            browser.close()

    def _enter(self, browser: Browser, *, language: str, scheme: str, size: ViewportSize) -> Page:
        context = browser.new_context(
            locale=language,
            color_scheme="dark" if scheme == "dark" else "light",
            viewport=size,
            device_scale_factor=2 if size == PHONE else 1,
            timezone_id="Europe/Madrid",
        )
        page = context.new_page()
        with self._parts.db.transaction() as tx:
            link = accounts.new_sign_in_link(tx, owner=self._account)
        page.goto(f"{self._address}/sign-in/{link}")
        page.locator("main form button").click()
        page.wait_for_url(f"{self._address}/")
        return page

    def _camera(self, page: Page, _look: str) -> None:
        """The camera with a card before it, outlined; nothing is shot."""
        page.goto(f"{self._address}/")
        page.locator("[data-open-camera]").click()
        page.locator("[data-auto]").click()
        page.locator('[data-camera] polygon[points*=","]').wait_for(state="attached", timeout=20_000)

    def _connect(self, place: int) -> Shot:
        """A password that was just made, with the steps of a system."""

        def go(page: Page, _look: str) -> None:
            page.goto(f"{self._address}/settings/address-book")
            page.locator('main input[name="name"]').fill("Ana, en casa")
            page.locator("main form:has(input[name=name]) button").click()
            steps = page.locator("details.system").nth(place)
            if steps.get_attribute("open") is None:
                steps.locator("summary").click()
            steps.evaluate("it => it.scrollIntoView({block: 'center'})")
            # What is in the picture opens nothing, and the address is one that people have.
            page.locator(".secret").evaluate(
                "it => { it.textContent = 'k3v9t-mwq7x-8hn4d-zc2rb-ya6pe-5jfus-g3dtk-9wq' }"
            )
            page.locator(".access dd").first.evaluate("it => { it.textContent = 'https://cards.example.org/dav/' }")
            page.evaluate("document.querySelector('.warning')?.remove()")

        return go

    def _columns(self, data: Path) -> Shot:
        def go(page: Page, look: str) -> None:
            file = data / f"Connections-{look}.csv"
            file.write_text(SHEET, encoding="utf-8")
            page.goto(f"{self._address}/import")
            page.locator('main input[type="file"]').set_input_files(file)
            with page.expect_navigation(url="**/import/*"):
                page.locator("main form:has(input[type=file]) button").first.click()

        return go

    def _signed_out(self, page: Page, _look: str) -> None:
        page.context.clear_cookies()
        page.goto(f"{self._address}/sign-in")


def keep(page: Page, file: Path) -> None:
    """As a picture of 256 colours: a third of the size, and nobody sees it."""
    picture = Image.open(BytesIO(page.screenshot()))
    picture.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(file, optimize=True)


if __name__ == "__main__":
    main()
