"""Contacts out, for the API and the pages: streamed a page at a time, in the form that the chosen address book reads."""

import io
import pickle
import zipfile
from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import IO, Any, Final

from flask import Response, request

from service.domain.exports.client import Client, client_of, vcard_for
from service.domain.exports.losses import Loss, losses
from service.domain.exports.tables import head, row
from service.storage.database import Database
from service.storage.entering.record import What
from service.storage.people import contacts
from service.storage.people.contacts import KeptContact
from service.storage.people.which import Which
from service.web import recording
from service.web.parts import parts

VCARD: Final = "text/vcard"
ZIP: Final = "application/zip"
CSV: Final = "text/csv"
_AT_ONCE: Final = 200
_CHUNK_BYTES: Final = 2**16
_LOOKED_AT: Final = 2000
"""So many of the newest contacts are looked through for what they would lose."""


def sent(owner: str, which: Which, client: Client) -> Response:
    """A file of all these contacts: vCards one behind the other, a table, or for Outlook one file each in a ZIP."""
    recording.note(What.EXPORTED, detail=client, owner=owner)
    pages = pages_of(parts().db, owner, which)
    if client is Client.OUTLOOK:
        return _file(zipped(pages), ZIP, "contacts-outlook.zip")
    if client.is_table:
        return _file(_rows(pages, client), CSV, f"contacts-{client}.csv")
    return _file(_vcards(pages, client), VCARD, "contacts.vcf")


def sent_alone(kept: KeptContact, client: Client) -> Response:
    """One contact as a vCard. On Apple's devices it opens where it is; a download would only lie in a folder."""
    response = Response(vcard_for(kept.vcard, client), mimetype=VCARD)
    opens = "inline" if client is Client.APPLE else "attachment"
    response.headers.set("Content-Disposition", opens, filename=file_name(kept))
    response.set_etag(kept.etag if client is Client.APPLE else f"{kept.etag}-{client}")
    return response


def asked_client(said: str) -> Client:
    """The client that was asked for, else the one whose browser asks."""
    return Client(said) if said in list(Client) else client_of(request.user_agent.string)


def preview(owner: str, which: Which, client: Client) -> dict[Loss, int]:
    """Of how many of the newest contacts something would be lost there."""
    pages = pages_of(parts().db, owner, which)
    looked_at = (kept.vcard for page, _ in zip(pages, range(_LOOKED_AT // _AT_ONCE), strict=False) for kept in page)
    return dict(losses(looked_at, client))


def file_name(kept: KeptContact, end: str = ".vcf") -> str:
    """A name that every file system takes."""
    shown = "".join(sign if sign.isalnum() or sign in " -_" else " " for sign in kept.name or kept.org)
    return (" ".join(shown.split())[:60] or "contact") + end


def pages_of(db: Database, owner: str, which: Which) -> Iterator[list[KeptContact]]:
    """A page at a time, so that a slow reader holds neither memory nor a transaction."""
    after: str | None = None
    while True:
        with db.reading() as tx:
            page = contacts.page(tx, owner=owner, which=which, after=after, limit=_AT_ONCE)
        yield page.rows
        after = page.next
        if after is None:
            return


def _vcards(pages: Iterator[list[KeptContact]], client: Client) -> Iterator[str]:
    return ("".join(vcard_for(kept.vcard, client) for kept in page) for page in pages)


def _rows(pages: Iterator[list[KeptContact]], client: Client) -> Iterator[str]:
    yield head(client)
    yield from ("".join(row(kept.vcard, client) for kept in page) for page in pages)


class _Sink(io.RawIOBase):
    """What is written comes out at the other end, and is forgotten; the list at the end goes by way of the disk."""

    def __init__(self) -> None:
        self._written = bytearray()
        self._beside: IO[bytes] | None = None

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        taken = bytes(data)
        if self._beside:
            return self._beside.write(taken)
        self._written += taken
        return len(taken)

    def taken(self) -> bytes:
        taken = bytes(self._written)
        self._written.clear()
        return taken

    def go_on_in(self, beside: IO[bytes]) -> None:
        self._beside = beside


class _Entries:
    """The list of a ZIP's files, which stands at its end, kept on the disk until then."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._number = file, 0

    def append(self, entry: zipfile.ZipInfo) -> None:
        self._number += 1
        pickle.dump(entry, self._file)

    def __len__(self) -> int:
        return self._number

    def __iter__(self) -> Iterator[zipfile.ZipInfo]:
        self._file.seek(0)
        yield from (pickle.load(self._file) for _ in range(self._number))  # noqa: S301  # what was written here


def zipped(pages: Iterator[list[KeptContact]]) -> Iterator[bytes]:
    """Outlook reads the first contact of a file and no more."""
    sink, number = _Sink(), 0
    with TemporaryFile() as entries, TemporaryFile() as end:
        with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.filelist = _Entries(entries)  # type: ignore[assignment]  # it is appended to, counted and read
            for page in pages:
                for kept in page:
                    number += 1
                    _add(archive, kept, number)
                archive.NameToInfo.clear()  # no two have one number
                yield sink.taken()
            sink.go_on_in(end)
        end.seek(0)
        yield from iter(lambda: end.read(_CHUNK_BYTES), b"")


def _add(archive: zipfile.ZipFile, kept: KeptContact, number: int) -> None:
    entry = zipfile.ZipInfo(f"{number:06} {file_name(kept)}", kept.updated_at.timetuple()[:6])
    archive.writestr(entry, vcard_for(kept.vcard, Client.OUTLOOK), zipfile.ZIP_DEFLATED)


def _file(chunks: Iterator[str] | Iterator[bytes], kind: str, name: str) -> Response:
    response = Response(chunks, mimetype=kind)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
