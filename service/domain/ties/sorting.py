"""The sorting screen: old cards of whom nothing is noted, so that the user says whom he would know in the street."""

from datetime import date

from service.domain.ties.first_words import begun_on, late_until
from service.domain.ties.keeping import only_imported
from service.domain.ties.rest import is_let_go
from service.domain.ties.story import Story


def to_sort(story: Story) -> bool:
    """A card nobody wrote to in time, neither noted nor starred: it is never proposed, and asked about here instead."""
    if only_imported(story) or story.tie.starred or story.noted:
        return False
    if story.contact or story.silent or is_let_go(story):
        return False
    since = begun_on(story)
    return since is None or story.today > late_until(story, since)


def sorted_from(story: Story) -> date | None:
    """The first day on which it may be on the screen; None without a day of meeting."""
    since = begun_on(story)
    return late_until(story, since) if since else None
