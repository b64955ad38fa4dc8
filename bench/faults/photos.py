"""Photos to send: invented cards, each another, small enough to be read in half a second."""

import io
from random import Random

from PIL import Image

from bench.all_cores import each
from bench.seen.photos import Wanted, legible_print

WIDE_PX = 760
DESK = (96, 84, 70)


def made(count: int, *, seed: int) -> list[bytes]:
    return list(each(_photo, [(seed, number) for number in range(count)]))


def _photo(which: tuple[int, int]) -> bytes:
    seed, number = which
    sheet = legible_print(f"faults {seed} {number}", Random(f"{which}"), Wanted("es" if number % 2 else "en")).sheet
    sheet.thumbnail((WIDE_PX, WIDE_PX))
    desk = Image.new("RGB", (sheet.width + 120, sheet.height + 120), DESK)
    desk.paste(sheet, (60, 60))
    out = io.BytesIO()
    desk.save(out, "JPEG", quality=82)
    return out.getvalue()
