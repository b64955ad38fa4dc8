"""The HTTP API under `/api/v1`, a blueprint a noun, and the document that describes it."""

from apiflask import APIFlask

from service.web.api import cards, contacts, document, gatherings, imports, photos, reviewing, thumbnails


def register(app: APIFlask) -> None:
    for noun in (photos.bp, cards.bp, reviewing.bp, contacts.bp, gatherings.bp, thumbnails.bp, imports.bp):
        app.register_blueprint(noun, url_prefix="/api/v1")
    document.register(app)
