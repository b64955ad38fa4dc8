"""A phone in a test: a browser with a disk of its own that can be killed, and a server that can be made to fail."""

import socket
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from threading import Event, Lock
from time import sleep
from typing import Any

import psutil
from PIL import Image
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests.real_parts import PATIENCE_SECONDS, wait_until

Start = Any


def photo(seed: int) -> bytes:
    """A small JPEG that no other seed gives."""
    grey = Image.new("RGB", (320, 200), (200, seed * 7 % 256, 90 + seed))
    kept = BytesIO()
    grey.save(kept, "JPEG")
    return kept.getvalue()


def photos(folder: Path, count: int) -> list[Path]:
    files = [folder / f"card-{at}.jpg" for at in range(count)]
    for at, file in enumerate(files):
        file.write_bytes(photo(at))
    return files


class Faults:
    """Stands before the application: slow, shut, or wrong for the next few photos, and counts what was answered."""

    def __init__(self, app: Any) -> None:
        self._app, self._lock = app, Lock()
        self.next: list[str] = []
        self.slow_seconds = 0.0
        self.answers: Counter[tuple[str, str]] = Counter()
        self.at_once = self.most_at_once = 0
        self.let_in: int | None = None
        """So many more photos; whoever comes after them waits for `open_again`."""
        self._opened = Event()

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "PUT":
            return self._app(environ, start)  # type: ignore[no-any-return]
        with self._lock:
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
            fault = self.next.pop(0) if self.next else ""
            shut = self.let_in == 0
            if self.let_in:
                self.let_in -= 1
        try:
            if shut:
                self._opened.wait()
            sleep(self.slow_seconds)
            return self._answer(environ, start, fault)
        finally:
            with self._lock:
                self.at_once -= 1

    def _answer(self, environ: dict[str, Any], start: Start, fault: str) -> Iterable[bytes]:
        if fault.isdigit():
            environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
            start(f"{fault} No", [("Retry-After", "1"), ("Content-Length", "0")])
            return [b""]
        body = list(self._app(environ, self._counting(environ["PATH_INFO"], start)))
        if fault == "cut":
            environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
            raise ConnectionAbortedError
        return body

    def _counting(self, path: str, start: Start) -> Start:
        def begin(status: str, headers: Any, *more: Any) -> Any:
            with self._lock:
                self.answers[path.rpartition("/")[2], status[:3]] += 1
            return start(status, headers, *more)

        return begin

    def open_again(self) -> None:
        """Let everybody in, and wait until nobody stands in the door any more."""
        self.let_in = None
        self._opened.set()
        wait_until(lambda: self.at_once == 0, seconds=PATIENCE_SECONDS)

    def stored(self) -> list[str]:
        """Ids answered as new."""
        return [one for (one, status), count in self.answers.items() for _ in range(count) if status == "201"]


class Phone:
    """Chromium on a folder that outlives it."""

    def __init__(self, playwright: Playwright, chromium: str, folder: Path, address: str, flags: list[str]) -> None:
        self._playwright, self._chromium, self._folder = playwright, chromium, folder
        self._address, self._flags = address, flags
        self.context: BrowserContext

    def start(self, **more: Any) -> Page:
        self.context = self._playwright.chromium.launch_persistent_context(
            self._folder,
            executable_path=self._chromium,
            args=self._flags,
            base_url=self._address,
            locale="en-GB",
            viewport={"width": 390, "height": 844},
            **more,
        )
        self.context.set_default_timeout(30_000)
        return self.context.pages[0]

    def kill(self) -> None:
        """As a flat battery does: every process of it, at once."""
        mine = [one for one in psutil.process_iter(["cmdline"]) if self._is_mine(one.info["cmdline"])]
        for process in mine:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        wait_until(lambda: not any(map(_lives, mine)), seconds=PATIENCE_SECONDS)
        self.end()
        (self._folder / "SingletonLock").unlink(missing_ok=True)

    def end(self) -> None:
        with suppress(Exception):
            self.context.close()

    def _is_mine(self, command: list[str] | None) -> bool:
        return f"--user-data-dir={self._folder}" in (command or [])


def _lives(process: psutil.Process) -> bool:
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def ready(page: Page) -> None:
    expect(page.locator("body")).to_have_attribute("data-ready", "photos")


def at_work(page: Page) -> None:
    """Wait until the service worker answers for the page: the app is on the phone."""
    until(page, "!!navigator.serviceWorker.controller")


def until(page: Page, condition: str, argument: object = None) -> None:
    """Ask the page until it says yes. Playwright's own way evaluates text within the page, which its policy forbids."""
    while not page.evaluate(condition, argument):
        page.wait_for_timeout(20)


def queue_is(page: Page, state: str, waiting: int | None = None) -> None:
    expect(page.locator("body")).to_have_attribute("data-queue", state)
    if waiting is not None:
        expect(page.locator("body")).to_have_attribute("data-waiting", str(waiting))


SEEN_BY_THE_TEST = """() => {
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (...asked) => (window.given = await ask(...asked));
  const start = MediaRecorder.prototype.start;
  MediaRecorder.prototype.start = function () {
    window.recorder = this;
    window.recorded = 0;
    this.addEventListener('dataavailable', ({ data }) => { window.recorded += data.size; });
    start.call(this);
  };
}"""
"""Keeps what the page is given of camera and microphone, and how much it has recorded, where the test sees it."""

NUMBERED = """() => {
  let count = 0;
  const frame = window.createImageBitmap.bind(window);
  window.createImageBitmap = (video) => {
    const pen = new OffscreenCanvas(video.videoWidth, video.videoHeight).getContext('2d');
    pen.drawImage(video, 0, 0);
    count += 1;
    for (let bit = 0; bit < 16; bit += 1) {
      pen.fillStyle = (count >> bit) & 1 ? 'white' : 'black';
      pen.fillRect(16 * bit, 0, 16, 16);
    }
    return frame(pen.canvas);
  };
}"""
"""Writes a number on each frame that the camera gives: the film comes again, and the same bytes would be the same photo."""

LOOKED_AGAIN = """() => new Promise((looked) => {
  const outline = document.querySelector('[data-outline] polygon');
  new MutationObserver((_, it) => { it.disconnect(); looked(); }).observe(outline, { attributes: true });
})"""
"""Until the open camera has looked once more: what it was shooting before is kept by then."""


def by_hand(page: Page) -> None:
    """Open the camera on a phone that was told not to shoot by itself."""
    module(page, "store.js", "(store) => store.setFact('auto', false)")
    page.reload()
    ready(page)
    page.evaluate(NUMBERED)
    page.get_by_role("button", name="Photograph cards").click()


def on_disk(page: Page, fact: str) -> None:
    """Wait until what the page was told just now is kept: a disk may have much to do, and a page that is left goes at once."""
    module(page, "store.js", "(store, name) => store.fact(name)", fact)


def taken(page: Page) -> int:
    return int(page.locator("[data-camera]").get_attribute("data-taken") or 0)


def arrived(page: Page, count: int) -> None:
    """Wait until the server's own list has so many; that none waits here may still be said of a moment ago."""
    expect(page.locator("[data-photo]")).to_have_count(count)


def choose(page: Page, files: list[Path]) -> None:
    page.get_by_label("Choose photos").set_input_files(files)


def module(page: Page, name: str, work: str, argument: object = None) -> Any:
    """Run `work(module, argument)` on one of the page's own modules."""
    return page.evaluate(
        """async ([name, argument]) => {
          const home = document.querySelector('script[type=module]').src;
          const found = await import(new URL(name, home));
          return await (WORK)(found, argument);
        }""".replace("WORK", work),
        [name, argument],
    )
