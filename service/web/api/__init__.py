"""The HTTP API under `/api/v1`, a blueprint a noun, and the document that describes it."""

from apiflask import APIFlask

from service.web.api import document, record, status
from service.web.api.following import focus, policy, questions, reconnect, referrals, ties, touches, week, worth
from service.web.api.meeting import gatherings, introductions
from service.web.api.people import contacts, duplicates, imports, privacy
from service.web.api.reaching import devices
from service.web.api.reading import cards, photos, reviewing, thumbnails


def register(app: APIFlask) -> None:
    keeping = (ties.bp, touches.bp, week.bp, policy.bp, questions.bp, devices.bp, privacy.bp)
    for noun in (photos.bp, cards.bp, reviewing.bp, contacts.bp, gatherings.bp, thumbnails.bp, imports.bp, *keeping):
        app.register_blueprint(noun, url_prefix="/api/v1")
    for noun in (introductions.bp, duplicates.bp, reconnect.bp, referrals.bp, focus.bp, worth.bp, record.bp, status.bp):
        app.register_blueprint(noun, url_prefix="/api/v1")
    document.register(app)
