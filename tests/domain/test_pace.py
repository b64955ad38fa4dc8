from datetime import UTC, datetime, timedelta

from service.domain.pace import minutes_left, seconds_a_card

START = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)


def after(*gaps: float) -> list[datetime]:
    """Moments with so many seconds between them."""
    moments = [START]
    for gap in gaps:
        moments.append(moments[-1] + timedelta(seconds=gap))
    return moments


def test_the_pace_is_the_usual_time_from_one_card_to_the_next() -> None:
    assert seconds_a_card(after(4, 5, 30, 5)) == 5


def test_a_pause_is_no_part_of_the_pace() -> None:
    assert seconds_a_card(after(4, 4, 3600, 4)) == 4


def test_two_cards_are_no_pace_yet() -> None:
    assert seconds_a_card([]) is None
    assert seconds_a_card(after(4, 4)) is None
    assert minutes_left(after(4, 4), cards=30) is None


def test_only_the_last_cards_count_in_whatever_order_they_come() -> None:
    moments = after(*[60] * 50, *[4] * 45)
    assert seconds_a_card(moments[::-1]) == 4


def test_what_is_left_is_told_in_minutes() -> None:
    assert minutes_left(after(4, 4, 4), cards=30) == 2
    assert minutes_left(after(4, 4, 4), cards=3) == 0
