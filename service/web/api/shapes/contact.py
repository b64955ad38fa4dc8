"""The shapes of contacts."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import StringConstraints

from service.domain.errors import BadValue
from service.domain.exports.client import Client
from service.domain.exports.losses import Loss
from service.domain.people.contact import CardFields
from service.domain.people.vcard import fields_of
from service.domain.ties.circle import Circle
from service.domain.ties.stage import Stage
from service.storage.people.contacts import KeptContact
from service.storage.people.which import Which
from service.web.api.shapes.text import Given, Id, Line, PageQuery, Told


class ContactsQuery(PageQuery):
    """`q` looks in names, companies, titles, mail, numbers, addresses, sites and notes; all that is given must hold.

    `undecided` gives those with neither a next step nor a word that there shall be none.
    """

    q: Line = ""
    gathering: Id | Literal[""] = ""
    circle: Circle | Literal[""] = ""
    stage: Stage | Literal[""] = ""
    undecided: bool = False
    added_since: date | None = None

    @property
    def which(self) -> Which:
        return Which(self.q, self.gathering, self.circle, self.stage, self.undecided, self.added_since)


Ids = Annotated[str, StringConstraints(pattern=r"^([0-9a-fA-F-]{36}(,[0-9a-fA-F-]{36}){0,499})?$")]
"""Ids of contacts with commas between them."""


class ClientQuery(Given):
    """Who is to read the vCard; without a word it is version 3.0 as it is kept."""

    client: Client | Literal[""] = ""

    @property
    def vcard_client(self) -> Client:
        if self.client and self.client.is_table:
            raise BadValue("client_table", "One contact is given as a vCard. Ask for tables at /contacts.vcf.")
        return self.client or Client.APPLE


class TakingQuery(Given):
    """Which contacts, by what they hold or by their `ids` with commas between, and who is to read them."""

    client: Client | Literal[""] = ""
    ids: Ids = ""
    q: Line = ""
    gathering: Id | Literal[""] = ""
    circle: Circle | Literal[""] = ""
    stage: Stage | Literal[""] = ""
    undecided: bool = False
    added_since: date | None = None

    @property
    def which(self) -> Which:
        return Which(
            self.q,
            self.gathering,
            self.circle,
            self.stage,
            self.undecided,
            self.added_since,
            ids=tuple(self.ids.lower().split(",") if self.ids else ()),
        )


class LossesAnswer(Told):
    """Of how many contacts each thing would be lost; what is not named arrives."""

    client: Client
    losses: dict[Loss, int]


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
    town: str
    gathering_id: UUID | None
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
        "gathering_id": UUID(kept.gathering_id) if kept.gathering_id else None,
        **{
            name: getattr(kept, name)
            for name in ("uid", "kind", "name", "org", "title", "town", "etag", "created_at", "updated_at")
        },
    }
