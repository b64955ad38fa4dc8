"""ZIP files as answers: written as they are sent, with a reading of the database that stays open meanwhile."""

from collections.abc import Iterator

from flask import Response

from service.domain.zipping import zipped
from service.storage.people.archives import Entries
from service.web.parts import parts


def sent(entries: Entries, name: str) -> Response:
    database = parts().db

    def pieces() -> Iterator[bytes]:
        with database.reading() as tx:
            yield from zipped(entries(tx))

    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(pieces(), mimetype="application/zip", headers=headers)
