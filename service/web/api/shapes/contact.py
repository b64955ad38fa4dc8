"""The shapes of contacts."""

from datetime import datetime
from typing import Any
from uuid import UUID

from service.domain.contact import CardFields
from service.domain.vcard import fields_of
from service.storage.contacts import KeptContact
from service.web.api.shapes.text import Given, Line, PageQuery, Told


class ContactsQuery(PageQuery):
    """`q` looks in names, organisations, addresses of mail and numbers."""

    q: Line = ""


class MatchHeaders(Given, extra="ignore"):
    """`If-Match` with the ETag that was read keeps two people from overwriting each other."""

    if_match: Line = ""


class ContactSummary(Told):
    """A contact in a listing."""

    id: UUID
    url: str
    vcard_url: str
    uid: str
    kind: str
    name: str
    org: str
    title: str
    etag: str
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, kept: KeptContact) -> "ContactSummary":
        return cls(**_summary(kept))


class ContactAnswer(ContactSummary):
    """A contact with all its values."""

    fields: CardFields

    @classmethod
    def of(cls, kept: KeptContact) -> "ContactAnswer":
        return cls(**_summary(kept), fields=fields_of(kept.vcard))


class ContactsAnswer(Told):
    """A page of contacts; `next` is null on the last one."""

    contacts: list[ContactSummary]
    next: str | None


def _summary(kept: KeptContact) -> dict[str, Any]:
    url = f"/api/v1/contacts/{kept.id}"
    return {
        "id": UUID(kept.id),
        "url": url,
        "vcard_url": f"{url}.vcf",
        **{
            name: getattr(kept, name)
            for name in ("uid", "kind", "name", "org", "title", "etag", "created_at", "updated_at")
        },
    }
