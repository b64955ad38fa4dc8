"""What a form says becomes corrections: only what differs, and a list whole when one of it does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.reading.card import Box
from service.domain.reading.correction import corrected
from service.web.pages.language import inside
from service.web.pages.reading.answers import changes_from
from service.web.pages.reading.compare import pieces
from service.web.pages.reading.crop import crop_of
from service.web.pages.reading.review import review_of
from service.web.pages.ways import links_to
from tests.pages.drawn import some_cards

CARD = some_cards()[0]
SEEN = review_of(CARD.reading, {})
UNTOUCHED = {entry.key: entry.value for entry in SEEN.entries} | {
    f"{entry.key}-type": entry.type for entry in SEEN.entries if entry.type
}


def test_a_form_sent_back_untouched_changes_nothing() -> None:
    assert changes_from(UNTOUCHED, SEEN.entries) == {}


def test_doubts_stand_apart_from_what_looks_right() -> None:
    assert [entry.key for entry in SEEN.doubts] == ["org", "phones-0"]
    assert {"given", "family", "title", "phones-1", "emails-0", "addresses-0"} == {entry.key for entry in SEEN.sure}


def test_one_number_changed_sends_all_and_keeps_the_other_as_it_was() -> None:
    changes = changes_from({**UNTOUCHED, "phones-0-typed": "944 23 18 09"}, SEEN.entries)
    after = corrected(CARD.reading, changes)
    assert [phone.e164 for phone in after.phones] == ["+34944231809", "+34655412093"]


def test_an_emptied_field_is_taken_away() -> None:
    changes = changes_from({**UNTOUCHED, "emails-0": "", "title": ""}, SEEN.entries)
    assert changes == {"emails": [], "title": ""}


def test_a_line_left_over_goes_where_it_is_sent() -> None:
    changes = changes_from({**UNTOUCHED, "line-0": "note"}, SEEN.entries, unclaimed=SEEN.unclaimed)
    assert changes == {"note": "Desde 1962"}


def test_what_was_corrected_is_not_asked_again() -> None:
    after = review_of(CARD.reading, {"org": "Talleres Árgiz"})
    assert [entry.key for entry in after.doubts] == ["phones-0"]


@given(st.text(max_size=30), st.text(max_size=30))
def test_pieces_say_the_text_again(text: str, rival: str) -> None:
    assert "".join(piece for piece, _ in pieces(text, rival)) == text


@given(st.integers(-50, 1300), st.integers(-50, 800), st.integers(0, 1300), st.integers(0, 800))
def test_a_crop_stays_on_the_card(left: int, top: int, width: int, height: int) -> None:
    window = crop_of(Box(left, top, width, height), CARD)
    if window:
        assert 0 <= window.left < window.left + window.width <= CARD.width
        assert 0 <= window.top < window.top + window.height <= CARD.height


def test_a_card_cannot_print_a_link_that_runs() -> None:
    fields = corrected(CARD.reading, {"urls": ["javascript:alert(1)", "www.argiz.es", "https://argiz.es/"]})
    assert [link.href for link in links_to(fields)] == ["https://www.argiz.es", "https://argiz.es/"]
    broken = corrected(CARD.reading, {"urls": ["http://[x", "//[a]b.example"]})
    assert links_to(broken) == []


@pytest.mark.parametrize(
    "path",
    ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "/\\[x", "//[x", "contacts", ""],
)
def test_no_link_of_ours_leads_to_another_site(path: str) -> None:
    assert inside(path) == "/"


def test_a_page_asked_for_is_found_again_after_the_sign_in() -> None:
    assert inside("/contacts?q=vela&after=abc") == "/contacts?q=vela&after=abc"
