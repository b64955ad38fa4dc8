"""The whole way with nothing left out: a sample card, a real forking worker, real readers, and a vCard at the end."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import vobject
from playwright.sync_api import expect

from service.config import Config
from tests.pages.conftest import Enter
from tests.pages.drawn import some_cards
from tests.pages.keeping import Keeper
from tests.pages.test_journey import ready
from tests.real_parts import PATIENCE_SECONDS

pytestmark = [pytest.mark.browser, pytest.mark.ocr]

SAMPLE = Path(__file__).parents[2] / "fixtures" / "cards" / "two-phones.jpg"
READ_WITHIN_MS = 1000 * PATIENCE_SECONDS


@pytest.fixture
def config(config: Config) -> Config:
    """Real readers may take their time on a machine that has much else to do."""
    return replace(config, job_timeout_seconds=PATIENCE_SECONDS)


@pytest.fixture
def worker(config: Config) -> Iterator[None]:
    env = {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "UNDRAWER_DATA": str(config.data),
        "UNDRAWER_REDIS_URL": config.redis_url,
        "UNDRAWER_DATABASE_URL": config.database_url,
        "UNDRAWER_JOB_TIMEOUT_SECONDS": str(config.job_timeout_seconds),
        "OMP_THREAD_LIMIT": "1",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "workers"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    yield
    process.terminate()
    process.wait(timeout=100)


@pytest.mark.usefixtures("worker")
def test_a_photo_becomes_a_contact(enter: Enter) -> None:
    page = enter(language="es-ES")
    page.locator("summary", has_text="¿Dónde estás?").click()
    page.get_by_label("Dónde estás").first.fill("Jornadas de Vitoria")
    page.get_by_label("Fotografiar una tarjeta").set_input_files(SAMPLE)
    expect(page.get_by_text("leída: 1 tarjeta")).to_be_visible(timeout=READ_WITHIN_MS)
    page.get_by_role("link", name="Empezar a revisar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Emiliano Castañeda Rubio")
    page.get_by_text("¿Falta algo?").click()
    page.get_by_role("textbox", name="Nota").fill("Hace vajillas por encargo")
    page.get_by_role("button", name="Confirmar", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Guardar en este teléfono").click()
    card = vobject.readOne(download.value.path().read_text(encoding="utf-8"))
    assert card.fn.value == "Emiliano Castañeda Rubio"
    assert card.n.value.family == "Castañeda Rubio"
    assert card.email.value == "emiliano.castaneda@barroylumbre.mx"
    assert len(card.tel_list) == 2
    assert {"Jornadas de Vitoria", "Hace vajillas por encargo"} <= set(card.note.value.replace(", ", "\n").split("\n"))


@pytest.mark.usefixtures("worker")
def test_a_card_cut_wrongly_is_set_right_on_its_photo_and_read_again(enter: Enter, keeper: Keeper) -> None:
    photo_id = keeper.photo(SAMPLE.name, content=SAMPLE.read_bytes(), kind="image/jpeg")
    (card_id,) = keeper.read(photo_id, replace(some_cards()[1], corners=((0, 0), (300, 0), (300, 200), (0, 200))))
    page = enter(f"/cards/{card_id}", language="es-ES")
    page.get_by_role("button", name="¿Mal recortada o torcida?").click()
    ready(page, "corners")
    page.get_by_role("button", name="La foto entera").click()
    page.get_by_role("button", name="Leer otra vez").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Emiliano Castañeda Rubio", timeout=READ_WITHIN_MS)
    page.get_by_role("button", name="Volver a la lectura anterior").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tomás Quiroga Vela")
