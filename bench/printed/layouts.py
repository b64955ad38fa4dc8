"""Where designers put things: each layout turns the content of a card into a plan."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bench.invented.content import Content
from bench.printed.placing import Area, Piece, Plan, Row, Shape, stack
from bench.printed.rows import Setting, entry_rows, note_rows, org_rows, person_rows, strip_rows

EDGE = 70.0
"""Margin that printers ask for and designers keep: about six millimetres."""


Layout = Callable[[Content, Setting], Plan]


@dataclass(slots=True)
class Sheet:
    """A card being laid out: collects what the stacks give."""

    setting: Setting
    pieces: list[Piece]
    shapes: list[Shape]

    @classmethod
    def of(cls, setting: Setting) -> "Sheet":
        return cls(setting, [], [])

    def put(self, rows: Sequence[Row], area: Area, *, align: str = "left", anchor: str = "top") -> None:
        pieces, icons = stack(rows, area, self.setting.measure, align=align, anchor=anchor)
        self.pieces += pieces
        self.shapes += icons

    def draw(self, kind: str, area: Area, ink: str, *, text: str = "") -> None:
        detail = self.setting.chance.randrange(1 << 30)
        self.shapes.append(Shape(kind, area.left, area.top, area.width, area.height, ink, text, detail))

    def done(self) -> Plan:
        size = self.setting
        return Plan(size.width, size.height, tuple(self.pieces), tuple(self.shapes))


def with_logo(sheet: Sheet, content: Content, area: Area, *, ink: str = "ink", side: float = 84.0) -> None:
    """The company's mark and beside it its name."""
    if not content.org:
        return
    room = side + 22 if sheet.setting.logo else 0.0
    if sheet.setting.logo:
        sheet.draw("logo", Area(area.left, area.top, side, side), "accent")
    right = Area(area.left + room, area.top, area.width - room, side)
    sheet.put(org_rows(content, sheet.setting, ink=ink), right, anchor="middle")


def classic(content: Content, setting: Setting) -> Plan:
    """Mark and company above, person in the middle, contact below, all from the left."""
    sheet, wide, high = Sheet.of(setting), setting.width - 2 * EDGE, setting.height
    with_logo(sheet, content, Area(EDGE, EDGE * 0.85, wide, 90))
    sheet.put(person_rows(content, setting), Area(EDGE, high * 0.29, wide, high * 0.25), anchor="middle")
    below = entry_rows(content.entries, setting) + note_rows(content, setting)
    sheet.put(below, Area(EDGE, high * 0.57, wide, high * 0.35), anchor="bottom")
    return sheet.done()


def centred(content: Content, setting: Setting) -> Plan:
    """Everything on one axis, with a thin rule between who and where."""
    sheet, wide, high = Sheet.of(setting), setting.width - 2 * EDGE, setting.height
    if setting.logo and content.org:
        sheet.draw("logo", Area(setting.width / 2 - 42, EDGE * 0.7, 84, 84), "accent")
    head = EDGE * 0.7 + (92 if setting.logo else 0)
    sheet.put(org_rows(content, setting), Area(EDGE, head, wide, high * 0.15), align="centre")
    rows = person_rows(content, setting)
    sheet.put(rows, Area(EDGE, high * 0.38, wide, high * 0.22), align="centre", anchor="middle")
    sheet.draw("rect", Area(setting.width / 2 - 60, high * 0.625, 120, 3), "accent")
    below = entry_rows(content.entries, setting, icons=False) + note_rows(content, setting)
    sheet.put(below, Area(EDGE, high * 0.65, wide, high * 0.28), align="centre", anchor="middle")
    return sheet.done()


def band_left(content: Content, setting: Setting) -> Plan:
    """A coloured band with the company on one side, the person on the other."""
    sheet, high = Sheet.of(setting), setting.height
    band = setting.width * setting.chance.uniform(0.31, 0.37)
    sheet.draw("rect", Area(0, 0, band, high), "accent")
    if setting.logo:
        sheet.draw("logo", Area(band / 2 - 55, high * 0.2, 110, 110), "on_accent")
    rows = org_rows(content, setting, ink="on_accent", soft="on_accent", by=0.95)
    sheet.put(rows, Area(28, high * 0.42, band - 56, high * 0.4), align="centre")
    area = Area(band + 50, high * 0.12, setting.width - band - 100, high * 0.3)
    sheet.put(person_rows(content, setting), area)
    below = entry_rows(content.entries, setting) + note_rows(content, setting)
    sheet.put(below, Area(area.left, high * 0.45, area.width, high * 0.45), anchor="bottom")
    return sheet.done()


def band_top(content: Content, setting: Setting) -> Plan:
    """The person on a coloured head, contact below, the company in the corner."""
    sheet, wide, high = Sheet.of(setting), setting.width - 2 * EDGE, setting.height
    sheet.draw("rect", Area(0, 0, setting.width, high * 0.38), "accent")
    rows = person_rows(content, setting, ink="on_accent", soft="on_accent")
    sheet.put(rows, Area(EDGE, high * 0.05, wide, high * 0.28), anchor="middle")
    with_logo(sheet, content, Area(EDGE, high * 0.43, wide, 80), side=64)
    below = entry_rows(content.entries, setting) + note_rows(content, setting)
    sheet.put(below, Area(EDGE, high * 0.575, wide, high * 0.36), anchor="bottom")
    return sheet.done()


def columns(content: Content, setting: Setting) -> Plan:
    """Who on the left, where on the right, a thin line between."""
    sheet, high = Sheet.of(setting), setting.height
    split = setting.width * setting.chance.uniform(0.45, 0.5)
    left = Area(EDGE, high * 0.14, split - EDGE - 30, high * 0.35)
    sheet.put(person_rows(content, setting), left)
    with_logo(sheet, content, Area(EDGE, high * 0.72, left.width, 80), side=74)
    sheet.draw("rect", Area(split, high * 0.16, 3, high * 0.68), "accent")
    below = entry_rows(content.entries, setting) + note_rows(content, setting)
    right = Area(split + 36, high * 0.14, setting.width - split - 36 - 50, high * 0.72)
    sheet.put(below, right, anchor=setting.chance.choice(["middle", "bottom"]))
    return sheet.done()


def flush_right(content: Content, setting: Setting) -> Plan:
    """Everything to the right edge, a bar of colour on the left."""
    sheet, wide, high = Sheet.of(setting), setting.width - 2 * EDGE, setting.height
    sheet.draw("rect", Area(0, 0, 26, high), "accent")
    sheet.put(org_rows(content, setting), Area(EDGE, high * 0.1, wide, high * 0.2), align="right")
    sheet.put(person_rows(content, setting), Area(EDGE, high * 0.32, wide, high * 0.24), align="right", anchor="middle")
    below = entry_rows(content.entries, setting, icons=False) + note_rows(content, setting)
    sheet.put(below, Area(EDGE, high * 0.58, wide, high * 0.34), align="right", anchor="bottom")
    return sheet.done()


def footer(content: Content, setting: Setting) -> Plan:
    """Contact runs along the foot in one or two rows, parted by dots or bars."""
    sheet, wide, high = Sheet.of(setting), setting.width - 2 * EDGE, setting.height
    with_logo(sheet, content, Area(EDGE, EDGE * 0.9, wide, 96), side=92)
    sheet.put(person_rows(content, setting), Area(EDGE, high * 0.36, wide, high * 0.28), anchor="middle")
    sheet.put(note_rows(content, setting), Area(EDGE, high * 0.65, wide, high * 0.08))
    sheet.draw("rect", Area(0, high * 0.76, setting.width, high * 0.24), "accent")
    rows = strip_rows(content, setting)
    sheet.put(rows, Area(EDGE, high * 0.775, wide, high * 0.21), align="centre", anchor="middle")
    return sheet.done()


def corner(content: Content, setting: Setting) -> Plan:
    """A wedge of colour in a corner; the company at the foot on the right."""
    sheet, wide, high = Sheet.of(setting), setting.width - 2 * EDGE, setting.height
    sheet.draw("corner", Area(setting.width * 0.68, 0, setting.width * 0.32, high * 0.55), "accent")
    sheet.put(person_rows(content, setting), Area(EDGE, high * 0.12, wide * 0.72, high * 0.28))
    below = entry_rows(content.entries, setting) + note_rows(content, setting)
    sheet.put(below, Area(EDGE, high * 0.46, wide * 0.62, high * 0.46), anchor="bottom")
    rows = org_rows(content, setting, by=0.9)
    sheet.put(
        rows,
        Area(setting.width * 0.66, high * 0.62, setting.width * 0.34 - 50, high * 0.29),
        align="right",
        anchor="bottom",
    )
    return sheet.done()


def portrait(content: Content, setting: Setting) -> Plan:
    """A card that stands: the mark above, the person in the middle, contact at the foot."""
    sheet = Sheet(setting, [], [])
    wide, high = setting.height, setting.width
    align, edge = setting.chance.choice(["left", "centre"]), 54.0
    at = edge if align == "left" else wide / 2 - 55
    if setting.logo:
        sheet.draw("logo", Area(at, 80, 110, 110), "accent")
    sheet.put(org_rows(content, setting), Area(edge, 205, wide - 2 * edge, 130), align=align)
    rows = person_rows(content, setting)
    sheet.put(rows, Area(edge, high * 0.37, wide - 2 * edge, high * 0.2), align=align, anchor="middle")
    sheet.draw("rect", Area(at if align == "left" else wide / 2 - 40, high * 0.595, 80, 4), "accent")
    below = entry_rows(content.entries, setting) + note_rows(content, setting)
    sheet.put(below, Area(edge, high * 0.62, wide - 2 * edge, high * 0.32), align=align, anchor="bottom")
    return Plan(wide, high, tuple(sheet.pieces), tuple(sheet.shapes))


def shop(content: Content, setting: Setting) -> Plan:
    """The name of the shop as large as it goes, what it offers, its numbers, its address on a band."""
    sheet, wide, high = Sheet.of(setting), setting.width - 2 * EDGE, setting.height
    setting = replace(setting, text=setting.text * 1.3)
    rows = org_rows(content, setting, by=1.5)
    sheet.put(rows, Area(EDGE, high * 0.06, wide, high * 0.28), align="centre", anchor="middle")
    middle = person_rows(content, setting) + note_rows(content, setting, ink="ink")
    sheet.put(middle, Area(EDGE, high * 0.36, wide, high * 0.22), align="centre", anchor="middle")
    numbers = [entry for entry in content.entries if entry.kind != "address"]
    rows = entry_rows(numbers, setting)
    sheet.put(rows, Area(EDGE, high * 0.59, wide, high * 0.22), align="centre", anchor="middle")
    sheet.draw("rect", Area(0, high * 0.83, setting.width, high * 0.17), "accent")
    rows = entry_rows([e for e in content.entries if e.kind == "address"], setting, ink="on_accent")
    sheet.put(rows, Area(EDGE, high * 0.845, wide, high * 0.14), align="centre", anchor="middle")
    return sheet.done()


def with_strip(content: Content, setting: Setting) -> Plan:
    """Something runs up the side: the site, the company or a slogan."""
    sheet, high = Sheet.of(setting), setting.height
    sheet.draw("rect", Area(0, 0, 86, high), "accent")
    text = content.strip or content.org.replace("\n", " ").replace("~", "")
    size = min(setting.text * 1.2, 0.8 * high / max(1.0, setting.measure(text, "bold", 1.0)))
    long = setting.measure(text, "bold", size)
    place = Piece(text, 43 - size * 0.66, (high - long) / 2, long, size, "strip", "bold", "on_accent", vertical=True)
    sheet.pieces.append(place)
    area = Area(140, high * 0.1, setting.width - 210, high * 0.3)
    sheet.put(person_rows(content, setting), area)
    if content.strip:
        sheet.put(org_rows(content, setting), Area(140, high * 0.42, area.width, high * 0.14))
    below = entry_rows(content.entries, setting) + note_rows(content, setting)
    sheet.put(below, Area(140, high * 0.57, area.width, high * 0.35), anchor="bottom")
    return sheet.done()


def with_code(content: Content, setting: Setting) -> Plan:
    """A QR code on the right, the words beside it."""
    sheet, high = Sheet.of(setting), setting.height
    side = setting.chance.choice([250.0, 290.0, 330.0])
    wide = setting.width - side - 2 * EDGE - 20
    sheet.draw("qr", Area(setting.width - side - 60, (high - side) / 2, side, side), "ink", text=content.qr)
    sheet.put(person_rows(content, setting), Area(EDGE, high * 0.1, wide, high * 0.26))
    sheet.put(org_rows(content, setting), Area(EDGE, high * 0.4, wide, high * 0.14), anchor="middle")
    below = entry_rows(content.entries, setting) + note_rows(content, setting)
    sheet.put(below, Area(EDGE, high * 0.57, wide, high * 0.35), anchor="bottom")
    return sheet.done()


def minimal(content: Content, setting: Setting) -> Plan:
    """Little ink: the name alone above, small type in the lower corner."""
    sheet, wide, high = Sheet.of(setting), setting.width - 2 * EDGE, setting.height
    sheet.put(person_rows(content, setting), Area(EDGE, EDGE, wide, high * 0.3))
    half = wide * 0.48
    sheet.put(org_rows(content, setting, by=0.85), Area(EDGE, high * 0.6, half, high * 0.3), anchor="bottom")
    below = entry_rows(content.entries, setting) + note_rows(content, setting)
    area = Area(EDGE + half + 20, high * 0.45, wide - half - 20, high * 0.45)
    sheet.put(below, area, anchor="bottom", align=setting.chance.choice(["left", "right"]))
    return sheet.done()


def halves(content: Content, setting: Setting) -> Plan:
    """The lower half in colour with contact in two columns."""
    sheet, wide, high = Sheet.of(setting), setting.width - 2 * EDGE, setting.height
    with_logo(sheet, content, Area(EDGE, EDGE * 0.7, wide, 84), side=76)
    sheet.put(person_rows(content, setting), Area(EDGE, high * 0.25, wide, high * 0.25), anchor="middle")
    sheet.draw("rect", Area(0, high * 0.54, setting.width, high * 0.46), "accent")
    ways = [e for e in content.entries if e.kind != "address"]
    rest = [e for e in content.entries if e.kind == "address"]
    left = Area(EDGE, high * 0.58, wide * 0.5, high * 0.37)
    sheet.put(entry_rows(ways, setting, ink="on_accent"), left, anchor="middle")
    rows = entry_rows(rest, setting, ink="on_accent") + note_rows(content, setting, ink="on_accent")
    area = Area(EDGE + wide * 0.53, high * 0.58, wide * 0.47, high * 0.37)
    sheet.put(rows, area, anchor="middle", align=setting.chance.choice(["left", "right"]))
    return sheet.done()


LAYOUTS: dict[str, Layout] = {
    "classic": classic,
    "centred": centred,
    "band_left": band_left,
    "band_top": band_top,
    "columns": columns,
    "flush_right": flush_right,
    "footer": footer,
    "corner": corner,
    "portrait": portrait,
    "shop": shop,
    "with_strip": with_strip,
    "with_code": with_code,
    "minimal": minimal,
    "halves": halves,
}
