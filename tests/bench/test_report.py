"""What the bench writes: sections that replace themselves, a plot that is well formed, ratios that are just."""

from pathlib import Path
from xml.etree import ElementTree as ET

from bench import report
from bench.reading import failures, plot
from bench.reading.figures import Sizes
from bench.reading.score import Tally
from bench.reading.side_by_side import Round, compared


def test_a_section_replaces_itself_and_leaves_the_others(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    report.put("one", "first", page=page)
    report.put("two", "second", page=page)
    report.put("one", "again \\1", page=page)
    text = page.read_text()
    assert "again \\1" in text
    assert "second" in text
    assert "first" not in text


def test_a_kind_of_field_that_no_card_has_shows_no_figure() -> None:
    tally = Tally()
    tally.photo([{"name": "Ana Ruiz"}], [{"name": "Ana Ruiz"}])
    row = dict(zip(("", "cards", *report.COLUMNS, "s"), report.cells("row", tally, None), strict=True))
    assert row["name"] == "1.000"
    assert row["urls"] == "–"


def test_the_plot_is_well_formed_and_names_every_reader() -> None:
    dots = [plot.Dot("Ours & fast", "alone", 0.3, 0.97), plot.Dot("Other", "table", 20.0, 0.4)]
    drawn = plot.drawn(dots, title="A < B", across_title="s", down_title="F1")
    ET.fromstring(drawn)
    assert "Ours &amp; fast" in drawn
    assert "Other" in drawn


def test_two_workers_are_set_against_one_by_clock_and_by_cpu() -> None:
    alone, beside = Round(10, 8, 300), Round(11, 10, 320)
    together = compared([([alone], [beside, beside])])
    assert round(together.by_clock, 2) == 1.82
    assert round(together.by_cpu, 2) == 1.60
    assert together.peak_mb == 320


def test_sizes_grow_and_shrink_together() -> None:
    assert Sizes().times(0.5).singles == Sizes().singles / 2
    assert Sizes().times(0.001).tables == 2


def test_a_failure_is_told_by_what_was_printed_and_what_was_read() -> None:
    assert failures.class_of("Lucía Aranda", "Lucia Aranda") == "accents, blanks or capitals"
    assert failures.class_of("Griorlo Sp. z o.o.", "Griorlo Sp. z") == "a part, or more than it"
    assert failures.class_of("iker@faro.es", "lker@faro.es") == "letters misread"
    assert failures.class_of("Faro S.L.", "Una luz en la noche") == "another line instead"
    assert failures.class_of("Faro S.L.", "") == "left empty"


def test_the_section_on_failures_counts_every_one_and_shows_some() -> None:
    tally = Tally()
    tally.photo([{"name": "Ana Ruiz"}], [{"name": "Ana Ruis", "org": "Bodas"}], name="100000001-easy.jpg")
    tally.photo([{"name": "Ana Ruiz"}], [], name="100000002-held.jpg")
    text = failures.section([tally])
    assert "100000001-easy: name `Ana Ruiz` → `Ana Ruis`" in text
    assert "100000001-easy: org nothing → `Bodas`" in text
    assert "100000002-held: card `Ana Ruiz` → nothing" in text
