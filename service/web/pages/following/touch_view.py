"""A touch as the screen shows it: why now, whom, the draft, and the ways that open filled in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import quote

from service.domain.people.contact import CardFields
from service.domain.people.vcard import fields_of
from service.domain.reading.card import PhoneType
from service.domain.ties.introduction import is_making, speaks_of_introducing
from service.domain.ties.touch import Channel, Kind, Lane
from service.drafting import first_name, words_for
from service.storage.database import Transaction
from service.storage.following import calls, ties
from service.storage.following.history import History
from service.storage.following.policies import Rules
from service.storage.following.touches import KeptTouch
from service.storage.people import contacts
from service.storage.people.counterparts import counterpart_of
from service.web.identity import account
from service.web.pages.following.sending import Sending, sending_of
from service.web.pages.following.tie_wording import CHANNELS, GAPS, KINDS, OPENERS, title_of
from service.web.pages.language import current
from service.web.pages.meeting.introduction_wording import introduction_title
from service.web.pages.ways import tel

ICONS = {
    Channel.MAIL: "mail",
    Channel.WHATSAPP: "chat",
    Channel.SMS: "chat",
    Channel.PHONE: "phone",
    Channel.LINKEDIN: "web",
}
SWAPS = (Kind.HELLO, Kind.FAVOUR, Kind.COFFEE, Kind.CALL, Kind.VISIT, Kind.CONGRATULATE)
_LETTERS_A_ROW = 34


@dataclass(frozen=True, slots=True)
class TouchWay:
    """One way to say it; `text` for the main button, `name` for a small one."""

    channel: str
    href: str
    text: str
    name: str
    icon: str
    away: bool


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A touch in a list."""

    id: str
    name: str
    kind_name: str
    channel_name: str


@dataclass(frozen=True, slots=True)
class ShownTouch(ShownRow):
    """A touch on its own. `missing` is the question that the draft asks the person, "" for none."""

    contact_id: str
    cause: str
    kind: str
    first_name: str
    title: str
    why: str
    subject: str
    text: str
    rows: int
    language: str
    missing: str
    about: str
    ways: tuple[TouchWay, ...]
    sending: Sending
    channel: str
    was_opened: bool
    first_day: str
    last_day: str
    kinds: tuple[tuple[str, str], ...]
    may_swap: bool
    may_give_nothing: bool
    may_skip: bool
    may_release: bool
    introduction: str = ""
    may_introduce: str = ""
    unsigned: str = ""


def row_of(tx: Transaction, kept: KeptTouch) -> ShownRow:
    fields = _fields(tx, kept)
    channel = str(CHANNELS[kept.touch.channel]) if kept.touch.channel else ""
    return ShownRow(kept.id, fields.shown_as, str(KINDS[kept.touch.kind]), channel)


def shown(tx: Transaction, kept: KeptTouch, *, rules: Rules, today: date) -> ShownTouch:
    fields = _fields(tx, kept)
    history = ties.get(tx, owner=account().id, id=kept.touch.tie)
    call = calls.of_touch(tx, owner=account().id, touch=kept)
    times = call.offered if call else ()
    far = counterpart_of(tx, owner=account().id, touch=kept.touch)
    words = words_for(
        kept,
        history,
        fields,
        person=account(),
        rules=rules,
        page=current(),
        today=today,
        times=times,
        counterpart=far,
        sent_by=ties.sent_by(tx, owner=account().id, tie=history.tie),
    )
    text, kind = kept.draft or words.draft.text, kept.touch.kind
    about = next((gap for gap in words.draft.missing if gap in GAPS), "") if not kept.draft else ""
    ways = tuple(ways_for(fields, kept.touch.channel, subject=words.draft.subject, text=text))
    to_both = far is not None and is_making(kept.touch.cause)
    if far and to_both:
        ways = tuple(way_to_both(fields, far.fields, subject=words.draft.subject, text=text))
    proposed = kept.touch.lane.proposed
    return ShownTouch(
        id=kept.id,
        name=fields.shown_as,
        kind_name=str(KINDS[kind]),
        channel_name=str(CHANNELS[kept.touch.channel]) if kept.touch.channel else "",
        contact_id=kept.contact_id,
        cause=kept.touch.cause,
        kind=kind,
        first_name=first_name(fields),
        title=introduction_title(kept.touch, fields, far) if far else title_of(kind, fields.shown_as),
        why=words.why,
        subject=words.draft.subject,
        text=text,
        rows=_rows(text),
        language=words.language,
        missing=str(GAPS[about]) if about else "",
        about=about,
        ways=ways,
        sending=Sending() if to_both else sending_of(tx, kept, fields),
        channel=ways[0].channel if ways else kept.touch.channel or "",
        was_opened=bool(kept.opened_by),
        first_day=(today + timedelta(days=1)).isoformat(),
        last_day=(today + timedelta(days=rules.account.policy.postpone_days)).isoformat(),
        kinds=tuple((one.value, str(KINDS[one])) for one in SWAPS),
        may_swap=proposed and kind not in (Kind.THANK, Kind.RECONNECT) and far is None,
        may_give_nothing=kind is Kind.FAVOUR,
        may_skip=proposed or kept.touch.lane is Lane.BY_HAND,
        may_release=kind is Kind.PROMISE,
        introduction=far.course.id if far else _carried(history, kept),
        may_introduce=_to_choose(history, kept),
        unsigned=_unsigned(account().name),
    )


def _unsigned(name: str) -> str:
    """The name that the machine gave at the first start, such as root: nobody signs a letter with it."""
    return name if name.isascii() and name.islower() and " " not in name else ""


def _carried(history: History, kept: KeptTouch) -> str:
    """The introduction that a promise has become."""
    mine = (one for one in history.tie.introductions if one.promise and f"promise:{one.promise}" == kept.touch.cause)
    return next((one.id for one in mine if not one.closed), "")


def _to_choose(history: History, kept: KeptTouch) -> str:
    """A promise of an introduction whose other person is still to be chosen."""
    promised = kept.touch.kind is Kind.PROMISE and speaks_of_introducing(kept.touch.why.text)
    return kept.touch.cause.partition(":")[2] if promised and not _carried(history, kept) else ""


def ways_for(fields: CardFields, first: Channel | None, *, subject: str, text: str) -> list[TouchWay]:
    """All the ways with everything filled in, the one that the plan chose first."""
    found = list(_ways(fields, subject=subject, text=text))
    return sorted(found, key=lambda way: way.channel != first)


def way_to_both(one: CardFields, other: CardFields, *, subject: str, text: str) -> Iterator[TouchWay]:
    """The introduction is one mail to both; where one of them has no address, it is sent in the user's own way."""
    if one.emails and other.emails:
        both = ",".join(quote(fields.emails[0], safe="@") for fields in (one, other))
        yield _way(Channel.MAIL, f"mailto:{both}?subject={quote(subject)}&body={quote(text)}")


def _ways(fields: CardFields, *, subject: str, text: str) -> Iterator[TouchWay]:
    said, spoken = quote(text), [phone for phone in fields.phones if phone.type != PhoneType.FAX]
    mobile = next((phone.e164 for phone in spoken if phone.type == PhoneType.MOBILE and phone.e164), "")
    if fields.emails:
        yield _way(Channel.MAIL, f"mailto:{quote(fields.emails[0], safe='@')}?subject={quote(subject)}&body={said}")
    if mobile:
        yield _way(Channel.WHATSAPP, f"https://wa.me/{mobile[1:]}?text={said}", away=True)
    if spoken:
        best = next((phone for phone in spoken if phone.type == PhoneType.MOBILE), spoken[0])
        yield _way(Channel.PHONE, tel(best))
    if mobile:
        yield _way(Channel.SMS, f"sms:{mobile}?body={said}")
    if fields.name:
        yield _way(Channel.LINKEDIN, _linkedin(fields), away=True)


def _linkedin(fields: CardFields) -> str:
    """The profile that the card prints, else a search for the person."""
    profile = next((one.url for one in fields.profiles if one.network == "linkedin"), "")
    if profile.startswith("https://"):
        return profile
    words = f"{fields.name.printed if fields.name else ''} {fields.org}".strip()
    return f"https://www.linkedin.com/search/results/people/?keywords={quote(words)}"


def _way(channel: Channel, href: str, *, away: bool = False) -> TouchWay:
    return TouchWay(channel, href, str(OPENERS[channel]), str(CHANNELS[channel]), ICONS[channel], away)


def _fields(tx: Transaction, kept: KeptTouch) -> CardFields:
    return fields_of(contacts.get(tx, owner=account().id, id=kept.contact_id).vcard)


def _rows(text: str) -> int:
    """How tall the box is before a script measures it."""
    return min(14, sum(1 + len(line) // _LETTERS_A_ROW for line in text.split("\n")))
