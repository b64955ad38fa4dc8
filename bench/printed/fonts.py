"""The type the bench prints with: families of Debian packages, found where Debian puts them."""

from functools import cache
from pathlib import Path

from PIL import ImageFont

FOLDERS = (Path("/usr/share/fonts"),)

PACKAGES = (
    "fonts-lato fonts-inter fonts-ebgaramond fonts-quicksand fonts-comfortaa fonts-crosextra-caladea "
    "fonts-crosextra-carlito fonts-cabin fonts-dosis fonts-karla fonts-league-spartan fonts-manrope fonts-open-sans "
    "fonts-roboto-slab fonts-roboto-unhinted fonts-sil-gentium-basic fonts-vollkorn fonts-yanone-kaffeesatz "
    "fonts-bebas-neue fonts-dancingscript fonts-kaushanscript fonts-lobstertwo fonts-noto-cjk fonts-linuxlibertine "
    "fonts-adf-gillius fonts-adf-tribun fonts-liberation fonts-jura fonts-cantarell fonts-nanum fonts-dejavu-core"
)
"""What `apt-get install --no-install-recommends` needs before pictures are rendered."""

Faces = dict[str, str]

FAMILIES: dict[str, Faces] = {
    "lato": {"text": "Lato-Regular.ttf", "bold": "Lato-Bold.ttf", "light": "Lato-Light.ttf", "name": "Lato-Heavy.ttf"},
    "lato light": {"text": "Lato-Regular.ttf", "bold": "Lato-Semibold.ttf", "light": "Lato-Italic.ttf", "name": "Lato-Light.ttf"},
    "inter": {"text": "Inter-Regular.otf", "bold": "Inter-SemiBold.otf", "light": "Inter-Light.otf", "name": "InterDisplay-Bold.otf"},
    "garamond": {"text": "EBGaramond12-Regular.otf", "bold": "EBGaramond12-Italic.otf", "light": "EBGaramond12-Italic.otf", "name": "EBGaramond12-Regular.otf"},
    "garamond on lato": {"text": "Lato-Regular.ttf", "bold": "Lato-Italic.ttf", "light": "Lato-Light.ttf", "name": "EBGaramond12-Bold.otf"},
    "quicksand": {"text": "Quicksand-Medium.ttf", "bold": "Quicksand-Bold.ttf", "light": "Quicksand-Regular.ttf", "name": "Quicksand-Bold.ttf"},
    "comfortaa": {"text": "Cabin-Regular.otf", "bold": "Cabin-SemiBold.otf", "light": "Cabin-Italic.otf", "name": "Comfortaa-Bold.ttf"},
    "caladea": {"text": "Caladea-Regular.ttf", "bold": "Caladea-Italic.ttf", "light": "Caladea-Italic.ttf", "name": "Caladea-Bold.ttf"},
    "carlito": {"text": "Carlito-Regular.ttf", "bold": "Carlito-Bold.ttf", "light": "Carlito-Italic.ttf", "name": "Carlito-Bold.ttf"},
    "dosis": {"text": "Dosis-Medium.otf", "bold": "Dosis-Bold.otf", "light": "Dosis-Book.otf", "name": "Dosis-SemiBold.otf"},
    "spartan": {"text": "OpenSans-Regular.ttf", "bold": "OpenSans-Semibold.ttf", "light": "OpenSans-Light.ttf", "name": "LeagueSpartan-SemiBold.otf"},
    "manrope": {"text": "Manrope-Regular.ttf", "bold": "Manrope-Bold.ttf", "light": "Manrope-Light.ttf", "name": "Manrope-ExtraBold.ttf"},
    "slab": {"text": "Roboto-Regular.ttf", "bold": "Roboto-Medium.ttf", "light": "Roboto-Light.ttf", "name": "RobotoSlab-Bold.otf"},
    "roboto": {"text": "Roboto-Regular.ttf", "bold": "Roboto-Medium.ttf", "light": "Roboto-Light.ttf", "name": "Roboto-Bold.ttf"},
    "condensed": {"text": "RobotoCondensed-Regular.ttf", "bold": "RobotoCondensed-Bold.ttf", "light": "RobotoCondensed-Light.ttf", "name": "BebasNeue-Bold.otf"},
    "gentium": {"text": "GenBasR.ttf", "bold": "GenBasI.ttf", "light": "GenBasI.ttf", "name": "GenBasB.ttf"},
    "vollkorn": {"text": "Vollkorn-Regular.ttf", "bold": "Vollkorn-Medium.ttf", "light": "Vollkorn-Italic.ttf", "name": "Vollkorn-Bold.ttf"},
    "kaffeesatz": {"text": "Carlito-Regular.ttf", "bold": "Carlito-Bold.ttf", "light": "Carlito-Italic.ttf", "name": "YanoneKaffeesatz-Bold.otf"},
    "libertine": {"text": "LinLibertine_R.otf", "bold": "LinLibertine_RI.otf", "light": "LinLibertine_RI.otf", "name": "LinLibertine_RB.otf"},
    "gillius": {"text": "GilliusADF-Regular.otf", "bold": "GilliusADF-Bold.otf", "light": "GilliusADF-Italic.otf", "name": "GilliusADF-Bold.otf"},
    "liberation": {"text": "LiberationSans-Regular.ttf", "bold": "LiberationSans-Bold.ttf", "light": "LiberationSans-Italic.ttf", "name": "LiberationSans-Bold.ttf"},
    "times": {"text": "LiberationSerif-Regular.ttf", "bold": "LiberationSerif-Bold.ttf", "light": "LiberationSerif-Italic.ttf", "name": "LiberationSerif-Bold.ttf"},
    "mono": {"text": "LiberationMono-Regular.ttf", "bold": "LiberationMono-Bold.ttf", "light": "LiberationMono-Italic.ttf", "name": "LiberationMono-Bold.ttf"},
    "jura": {"text": "Cantarell-Regular.otf", "bold": "Cantarell-Bold.otf", "light": "Cantarell-Light.otf", "name": "Jura-SemiBold.otf"},
    "dejavu": {"text": "DejaVuSans.ttf", "bold": "DejaVuSans-Bold.ttf", "light": "DejaVuSans.ttf", "name": "DejaVuSans-Bold.ttf"},
}  # fmt: skip
"""Faces by family. `logo` is the name's face unless a theme says otherwise."""

LOGO_FACES = (
    "LobsterTwo-Bold.otf", "KaushanScript-Regular.otf", "DancingScript-Bold.otf", "BebasNeue-Bold.otf",
    "Comfortaa-Bold.ttf", "LeagueSpartan-Bold.otf", "YanoneKaffeesatz-Bold.otf", "Dosis-ExtraBold.otf",
    "EBGaramond12-Bold.otf", "Quicksand-Bold.ttf", "Lato-Black.ttf", "TribunADFStd-ExtraBold.otf",
)  # fmt: skip

EAST_ASIAN = {
    "ja": "NotoSansCJK-Regular.ttc",
    "ko": "NanumGothic.ttf",
    "zh": "NotoSansCJK-Regular.ttc",
}


@cache
def files() -> dict[str, Path]:
    found = (path for folder in FOLDERS for path in folder.rglob("*.[ot]t[fc]"))
    return {path.name: path for path in sorted(found)}


@cache
def font(name: str, size_px: int) -> ImageFont.FreeTypeFont:
    """A font by its file's name; a missing one says what to install."""
    path = files().get(name)
    if path is None:
        raise FileNotFoundError(f"No font {name}. Install them: apt-get install --no-install-recommends {PACKAGES}")
    # Basic layout: without ligatures such as "æ" for "ae", and the same with or without libraqm.
    return ImageFont.truetype(str(path), size_px, layout_engine=ImageFont.Layout.BASIC)


STAND_INS = ("Lato-Bold.ttf", "LiberationSans-Bold.ttf", "DejaVuSans.ttf")
"""What is printed with where neither a face nor the others of its family have a letter."""

NO_LETTER = "\ue123"


@cache
def has(name: str, letter: str) -> bool:
    """Whether a face has a letter of its own, and not the box that stands for those it lacks."""
    face = font(name, 40)
    return letter.isspace() or bytes(face.getmask(letter)) != bytes(face.getmask(NO_LETTER))


def with_letters(text: str, *names: str) -> str:
    """The first face that has every letter of a text; the first of all where none has."""
    there = (name for name in dict.fromkeys((*names, *STAND_INS)) if name in files())
    return next((name for name in there if all(has(name, letter) for letter in set(text))), names[0])


def missing() -> list[str]:
    """The files that are needed and not there."""
    needed = {face for family in FAMILIES.values() for face in family.values()}
    return sorted((needed | {*LOGO_FACES, *EAST_ASIAN.values()}) - files().keys())


def eastern(text: str) -> bool:
    """Whether a text needs a font with Chinese, Japanese or Korean letters."""
    return any("⺀" <= letter <= "鿿" or "가" <= letter <= "힣" or "＀" <= letter <= "￯" for letter in text)
