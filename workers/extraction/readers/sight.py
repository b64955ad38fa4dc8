"""What the pipeline needs of a reader, and the two that give it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from workers.extraction.decode import Pixels
from workers.extraction.quads import Boxes
from workers.extraction.readers import strokes, tesseract
from workers.extraction.readers.seen import Seen

Reader = Literal["both", "rapidocr", "tesseract"]


class FindsText(Protocol):
    """Where lines of text lie in a picture, its longer side shrunk to `side_px` for the search."""

    def __call__(self, pixels: Pixels, *, side_px: int) -> Boxes: ...


@dataclass(frozen=True, slots=True)
class Sight:
    """Finding lines, reading them, and telling which way up they are (above 0: upright; 0: cannot say)."""

    engine: str
    text_boxes: FindsText
    recognise: Callable[[Sequence[Pixels]], list[Seen]]
    upright_vote: Callable[[Sequence[Pixels]], float]


def sight_of(reader: Reader) -> Sight:
    if reader == "tesseract":
        return Sight("tesseract", strokes.text_boxes, tesseract.recognise, lambda _: 0.0)
    # RapidOCR is imported where it is asked for: machines without it read with Tesseract alone.
    from workers.extraction.readers import rapidocr, recogniser  # noqa: PLC0415 - see above

    return Sight("rapidocr", rapidocr.text_boxes, recogniser.recognise_all, rapidocr.upright_vote)


def remembering(sight: Sight) -> Sight:
    """The same reader for one card, whose lines it reads no second time when they are asked for again."""
    seen: dict[tuple[tuple[int, ...], bytes], Seen] = {}

    def recognise(crops: Sequence[Pixels]) -> list[Seen]:
        keys = [(crop.shape, crop.tobytes()) for crop in crops]
        new = {key: crop for key, crop in zip(keys, crops, strict=True) if key not in seen}
        seen.update(zip(new, sight.recognise(list(new.values())), strict=True))
        return [seen[key] for key in keys]

    return replace(sight, recognise=recognise)


def load(reader: Reader = "both") -> None:
    """Hold in memory all that the reader needs."""
    if reader != "rapidocr":
        tesseract.installed()
    if reader == "tesseract":
        return
    # As in sight_of: not every machine has RapidOCR.
    from workers.extraction.readers import rapidocr, recogniser  # noqa: PLC0415 - see above

    rapidocr.load()
    recogniser.network()
