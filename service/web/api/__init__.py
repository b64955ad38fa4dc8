"""The HTTP API under `/api/v1`, a blueprint a noun, and the document that describes it."""

from apiflask import APIFlask

from service.web.api import document, record, status
from service.web.api.following import focus, policy, questions, reconnect, referrals, ties, touches, week, worth
from service.web.api.meeting import gatherings, introductions
from service.web.api.people import contacts, duplicates, imports, privacy
from service.web.api.reaching import devices
from service.web.api.reading import cards, photos, reviewing, thumbnails

READING = (photos.bp, cards.bp, reviewing.bp, thumbnails.bp)
PEOPLE = (contacts.bp, duplicates.bp, imports.bp, privacy.bp)
FOLLOWING = (
    ties.bp,
    touches.bp,
    week.bp,
    policy.bp,
    questions.bp,
    reconnect.bp,
    referrals.bp,
    focus.bp,
    worth.bp,
)
MEETING = (gatherings.bp, introductions.bp)


def register(app: APIFlask) -> None:
    for noun in (*READING, *PEOPLE, *FOLLOWING, *MEETING, devices.bp, record.bp, status.bp):
        app.register_blueprint(noun, url_prefix="/api/v1")
    document.register(app)
