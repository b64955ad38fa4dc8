"""What is there afterwards, held against what was acknowledged and against the same work without faults."""

import json
import subprocess
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from bench.faults.desk import Desk
from bench.faults.house import UNDRAWER, House
from bench.faults.phones import Shot
from bench.faults.postbox import Postbox
from service.domain.reaching.mail import UNDER_WAY, MailState
from service.domain.reading.photo import PhotoState
from service.domain.reading.reading_json import to_json
from service.domain.ties.act import ActType
from service.storage.database import Database, Transaction
from service.storage.following import ties, touches
from service.storage.reaching import outgoing
from service.storage.reaching.mail_tables import outgoing as mails
from service.storage.reading import cards
from service.storage.tables import photos

Readings = dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence that must hold, how often it was put to the proof, and what broke it."""

    sentence: str
    tried: int
    broken: tuple[str, ...] = ()


def readings(db: Database) -> Readings:
    """What was read on each photo, by the hash of its bytes."""
    with db.reading() as tx:
        rows = tx.execute(select(photos)).all()
        return {
            row.sha256: [
                [to_json(card.reading), card.picture]
                for card in cards.of_photo(tx, owner=row.account_id, photo_id=row.id)
            ]
            for row in rows
        }


def waits(db: Database) -> Counter[str]:
    """What is still to be done, by kind."""
    with db.reading() as tx:
        read = select(func.count()).where(photos.c.state == PhotoState.RECEIVED)
        sent = select(func.count()).where(mails.c.state.in_(list(UNDER_WAY)))
        left = {"photos": tx.execute(read).scalar_one(), "mails": tx.execute(sent).scalar_one()}
    return Counter({what: count for what, count in left.items() if count})


def verdict(house: House, shots: Sequence[Shot], desks: Sequence[Desk], box: Postbox, calm: Readings) -> list[Line]:
    with closing(house.database()) as db:
        with db.reading() as tx:
            lines = [*_of_photos(tx, shots), *_of_touches(tx, desks), *_of_mails(tx, desks, box)]
        read = readings(db)
    differs = [shot.sha256[:8] for shot in shots if read.get(shot.sha256) != calm[shot.sha256]]
    lines.insert(2, Line("read once, and the same was read as without faults", len(shots), tuple(differs)))
    return [*lines, _of_files(house)]


def _of_photos(tx: Transaction, shots: Sequence[Shot]) -> list[Line]:
    rows = {(row.account_id, row.sha256): row for row in tx.execute(select(photos))}
    count = tx.execute(select(func.count()).select_from(photos)).scalar_one()
    unheard = [shot.sha256[:8] for shot in shots if not shot.kept_as]
    lost = [
        shot.sha256[:8]
        for shot in shots
        if shot.kept_as
        and {rows[shot.account, shot.sha256].id if (shot.account, shot.sha256) in rows else ""} != {*shot.kept_as}
    ]
    doubled = [f"{count - len(shots)} more rows than photos"] if count > len(shots) else []
    unread = [f"{row.sha256[:8]} {row.state} {row.reason}" for row in rows.values() if row.state != PhotoState.READ]
    return [
        Line("every photo was acknowledged in the end", len(shots), tuple(unheard)),
        Line("every acknowledged photo is there once, under its id", len(shots), (*lost, *doubled)),
        Line("no photo was given up", len(shots), tuple(unread)),
    ]


def _of_touches(tx: Transaction, desks: Sequence[Desk]) -> list[Line]:
    unheard = [touch for desk in desks for touch in desk.by_hand if touch not in desk.said_done]
    wrong = [touch for desk in desks for touch in desk.by_hand if _times_done(tx, desk, touch) != 1]
    tried = sum(len(desk.by_hand) for desk in desks)
    return [Line("every touch said to be done, on two devices at once, was done once", tried, (*unheard, *wrong))]


def _of_mails(tx: Transaction, desks: Sequence[Desk], box: Postbox) -> list[Line]:
    kept = [outgoing.get(tx, owner=desk.owner, id=id_) for desk in desks for id_ in desk.mails.values()]
    pressed = sum(len(desk.by_mail) for desk in desks)
    unsettled = [f"{mail.id} {mail.state} {mail.reason}" for mail in kept if mail.state not in _SETTLED]
    unsent = [mail.id for mail in kept if mail.state is MailState.SENT and box.taken[mail.message_id] != 1]
    undone = [
        mail.id
        for desk in desks
        for touch, id_ in desk.mails.items()
        for mail in kept
        if mail.id == id_ and _times_done(tx, desk, touch) != (mail.state is MailState.SENT)
    ]
    missing = [f"{pressed - len(kept)} never written"] if pressed > len(kept) else []
    return [
        Line("no mail was taken twice by its server", pressed, tuple(id_ for id_, n in box.taken.items() if n > 1)),
        Line("every mail is sent, or perhaps sent and shown to its writer", pressed, (*unsettled, *missing)),
        Line("what is called sent was taken, and its touch is done once", pressed, (*unsent, *undone)),
    ]


_SETTLED = (MailState.SENT, MailState.PERHAPS)


def _times_done(tx: Transaction, desk: Desk, touch: str) -> int:
    kept = touches.get(tx, owner=desk.owner, id=touch)
    history = ties.get(tx, owner=desk.owner, id=kept.touch.tie)
    return sum(act.type is ActType.DID and act.cause == kept.touch.cause for act in history.acts)


def _of_files(house: House) -> Line:
    """By the command that people have; no upload is under way any more, so the last hour counts too."""
    said = subprocess.run([UNDRAWER, "check", "--at-rest"], env=house.env, capture_output=True, text=True, check=False)
    broken = () if said.returncode == 0 else (*said.stdout.splitlines(), *said.stderr.splitlines()[-3:])
    return Line("no file without a row, no row without its file, each whole", 1, broken)


def table(lines: Sequence[Line], happened: Sequence[tuple[str, object]]) -> str:
    rows = ["| what happened | |", "|---|---:|", *(f"| {what} | {count} |" for what, count in happened)]
    rows += ["", "| what must hold | tried | broken |", "|---|---:|---:|"]
    rows += [f"| {line.sentence} | {line.tried} | {len(line.broken)} |" for line in lines]
    rows += [json.dumps({line.sentence: line.broken[:8]}, ensure_ascii=False) for line in lines if line.broken]
    return "\n".join(rows)
