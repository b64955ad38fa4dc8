"""What one would write in an afternoon: an engine's text of the raw photo, and regular expressions."""

import io
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import phonenumbers
import pytesseract
import rapidocr
from numpy.typing import NDArray
from PIL import Image, ImageOps

from bench.invented.content import Truth
from bench.seen.camera import Quad

Pixels = NDArray[np.uint8]

MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
SITE = re.compile(r"(?i)\b(?:https?://|www\.)[^\s,|]+")
NUMBER = re.compile(r"[+(]?\d[\d\s().\-/]{6,}\d")
NAME = re.compile(r"^[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){1,3}$")
FORM = re.compile(
    r"(?i)\b(gmbh|s\.?\s?l\.?|s\.?\s?a\.?|ltd\.?|inc\.?|llc|s\.?r\.?l\.?|ltda\.?|sarl|sas|ag|plc|b\.?v\.?|ab|corp\.?|co\.)(\s|$)"
)
TITLE = re.compile(
    r"(?i)(direc|manag|gerent|jef[ae]|chef|leit|engineer|ingen|abogad|advog|avvoc|avocat|consult|sales|presiden|arquitect|officer"
    r"|responsab|técnic|partner|socio|geschäft|berater)"
)
PLACE = re.compile(r"(?i)(calle|c/|avda|av\.|rua|rue|via |street|road|straße|str\.|plaza|avenue|\b\d{4,5}\b)")
CARD_PX = 1200
MODELS = Path(rapidocr.__file__).parent / "models"


def picture(photo: bytes) -> Image.Image:
    return ImageOps.exif_transpose(Image.open(io.BytesIO(photo))).convert("RGB")


def tesseract_lines(photo: bytes) -> list[str]:
    text = pytesseract.image_to_string(picture(photo), lang="eng+spa")
    return [line.strip() for line in str(text).splitlines() if line.strip()]


@cache
def engine(*, alone: bool = False) -> Any:
    """RapidOCR as it comes, held to one thread; its models are those of the wheel.

    `alone` is the leanest way to use it on a card that somebody has cut out and turned upright: the detector on at most
    736 pixels, and no classifier.
    """
    threads = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    models = {
        "Det.model_path": str(MODELS / "PP-OCRv6_det_small.onnx"),
        "Rec.model_path": str(MODELS / "PP-OCRv6_rec_small.onnx"),
        "Cls.model_path": str(MODELS / "ch_ppocr_mobile_v2.0_cls_mobile.onnx"),
    }
    lean = {"Det.limit_type": "max", "Det.limit_side_len": 736, "Global.use_cls": False} if alone else {}
    return rapidocr.RapidOCR(params={"Global.log_level": "critical", **threads, **models, **lean})


def rapidocr_lines(photo: bytes) -> list[str]:
    return list(engine()(np.asarray(picture(photo))[:, :, ::-1]).txts or ())


def cut_lines(card: Pixels) -> list[str]:
    return list(engine(alone=True)(card).txts or ())


def cards_cut(photo: bytes, quads: Sequence[Quad]) -> list[Pixels]:
    """Each card by its true corners, upright, at most as long as Undrawer reads it."""
    pixels = np.ascontiguousarray(np.asarray(picture(photo))[:, :, ::-1])
    return [cut_by(pixels, quad) for quad in quads]


def cut_by(pixels: Pixels, quad: Quad) -> Pixels:
    wide, high = (float(np.linalg.norm(quad[to] - quad[0])) for to in (1, 3))
    by = min(1.0, CARD_PX / max(wide, high))
    size = (round(wide * by), round(high * by))
    target = np.array([[0, 0], [size[0], 0], size, [0, size[1]]], np.float32)
    turn = cv2.getPerspectiveTransform(quad, target)
    return np.asarray(cv2.warpPerspective(pixels, turn, size, flags=cv2.INTER_AREA), np.uint8)


def by_rules(lines: Sequence[str], *, region: str) -> list[Truth]:
    """`region` is told to the rules, since bare numbers need a country."""
    mails = [match[0].rstrip(".") for line in lines for match in MAIL.finditer(line)]
    left = [MAIL.sub("", line).strip() for line in lines]
    sites = [match[0] for line in left for match in SITE.finditer(line)]
    left = [SITE.sub("", line).strip() for line in left]
    phones = [phone(match[0], line, region) for line in left for match in NUMBER.finditer(line)]
    left = [line for line in left if line and not NUMBER.search(line)]
    title = next((line for line in left if TITLE.search(line)), "")
    org = next((line for line in left if FORM.search(line)), "")
    name = next((line for line in left if NAME.match(line) and line not in (title, org)), "")
    address = ", ".join(line for line in left if PLACE.search(line) and line not in (title, org, name))
    card = {
        "name": name,
        "org": org,
        "title": title,
        "address": address,
        "emails": mails,
        "urls": sites,
        "phones": phones,
    }
    kept = {field: value for field, value in card.items() if value}
    return [kept] if kept else []


def phone(raw: str, line: str, region: str) -> Truth:
    kind = "fax" if "fax" in line.lower() else "mobile" if re.search(r"(?i)m[oó]b|cel|móv", line) else "work"
    try:
        number = phonenumbers.parse(raw, region or None)
    except phonenumbers.NumberParseException:
        return {"raw": raw, "type": kind}
    return {"raw": raw, "type": kind, "e164": phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)}
