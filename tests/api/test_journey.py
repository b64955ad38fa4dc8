"""From the photo to the vCard through the API, on both databases."""

from contextlib import closing
from dataclasses import replace
from uuid import uuid4

import pytest
import vobject

from service.config import Config
from service.domain.reading.card import ReadCard
from service.storage.reading import photos
from service.web import create_app
from tests.api.asking import person, picture, reading


@pytest.mark.parametrize("database", ["sqlite_url", "postgres_url"])
def test_a_photo_becomes_a_vcard(config: Config, database: str, request: pytest.FixtureRequest) -> None:
    app = create_app(replace(config, database_url=request.getfixturevalue(database)))
    found = app.extensions["undrawer"]
    with closing(found.db):
        ana = person(app, "Ana Torres Vidal")
        photo = ana.ask("PUT", f"/photos/{uuid4()}", data=picture(), query_string={"gathering": "Feria"}).json
        corners = ((0.0, 0.0), (320.0, 0.0), (320.0, 200.0), (0.0, 200.0))
        read = ReadCard(corners=corners, picture=b"", width=320, height=200, reading=reading())
        with found.db.transaction() as tx:
            kept = photos.get(tx, owner=ana.account.id, id=photo["id"])
            photos.finish(tx, photo=kept, cards=[read], pictures=[found.files.put(picture(9))])
        card = ana.ask("GET", "/cards", query_string={"state": "to review"}).json["cards"][0]
        ana.ask("PATCH", f"/cards/{card['id']}", json={"phones": ["+34 910 001 122"]})
        contact = ana.ask("POST", f"/cards/{card['id']}/confirm").json
        vcard = vobject.readOne(ana.ask("GET", f"/contacts/{contact['id']}.vcf").text)
    assert (vcard.fn.value, vcard.tel.value) == ("Lucía Ferrer Soto", "+34910001122")
    assert "Feria" in vcard.note.value
