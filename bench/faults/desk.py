"""People at their desks: touches that are said to be done by two devices at once, and others that go out by mail."""

import http.client
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from threading import Event, Thread
from uuid import uuid4

from sqlalchemy.exc import SQLAlchemyError

from bench.faults.house import House
from service.domain.reaching.mail import Security
from service.queue import Queue
from service.storage import accounts, tokens
from service.storage.database import Database, Transaction
from service.storage.following import policies, sent_touches, ties, touches
from service.storage.following.ties import Met
from service.storage.people import contacts
from service.storage.reaching import mail_settings

ANSWER_SECONDS = 25


@dataclass(slots=True)
class Desk:
    """One account: the touches that it does by hand, and those that it sends."""

    owner: str
    token: str
    by_hand: list[str] = field(default_factory=list)
    by_mail: list[str] = field(default_factory=list)
    said_done: set[str] = field(default_factory=set)
    mails: dict[str, str] = field(default_factory=dict)


def opened(db: Database, *, count: int, touches_each: int, mails_each: int, mail_port: int) -> list[Desk]:
    """Make accounts that met people yesterday, each with a mail server of its own."""
    desks = []
    for number in range(count):
        with db.transaction() as tx:
            owner = accounts.create(tx, name=f"Ana {number}", email=f"ana{number}@example.com").id
            desk = Desk(owner, tokens.create(tx, owner=owner, name="phone"))
            _own_server(tx, owner, mail_port)
            met = [_meet(tx, owner, f"Nuria Prat {n}") for n in range(touches_each + mails_each)]
            desk.by_hand, desk.by_mail = met[:touches_each], met[touches_each:]
        desks.append(desk)
    return desks


def work(house: House, desks: Sequence[Desk], *, until: float, over_seconds: float, seed: int) -> list[Thread]:
    """Begin: for each account two devices that say the same is done, and one that presses Send."""
    threads = []
    for desk in desks:
        for device in range(2):
            chance = Random(f"device {seed} {desk.by_hand} {device}")
            threads.append(Thread(target=_say_done, args=[house.port, desk, chance, until, over_seconds], daemon=True))
        chance = Random(f"press {seed} {desk.by_mail}")
        threads.append(Thread(target=_press, args=[house, desk, chance, until, over_seconds], daemon=True))
    for thread in threads:
        thread.start()
    return threads


def _say_done(port: int, desk: Desk, chance: Random, until: float, over_seconds: float) -> None:
    for touch in desk.by_hand:
        Event().wait(chance.uniform(0, 2 * over_seconds / len(desk.by_hand)))
        while time.monotonic() < until and not _said(port, desk, touch):
            Event().wait(chance.uniform(0.3, 3))


def _said(port: int, desk: Desk, touch: str) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_SECONDS)
    headers = {"Authorization": f"Bearer {desk.token}", "Content-Type": "application/json"}
    try:
        connection.request("POST", f"/api/v1/touches/{touch}/done", '{"text": "hola"}', headers)
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    if answer.status == 200:
        desk.said_done.add(touch)
    return answer.status == 200


def _press(house: House, desk: Desk, chance: Random, until: float, over_seconds: float) -> None:
    """What the button Send does: write the mail, commit, ring; pressed again where nothing came back."""
    db, queue = house.database(), Queue(house.config)
    said = {"to": "nuria@faro.example", "to_name": "Nuria Prat", "subject": "Nos vimos", "text": "Hola:\n\nAna\n"}
    for touch in desk.by_mail:
        Event().wait(chance.uniform(0, 2 * over_seconds / len(desk.by_mail)))
        while time.monotonic() < until and touch not in desk.mails:
            try:
                with db.transaction() as tx:
                    mail = sent_touches.send(tx, owner=desk.owner, id=touch, **said)
            except SQLAlchemyError:
                Event().wait(chance.uniform(0.3, 3))
            else:
                desk.mails[touch] = mail
                queue.ring("send_mail", mail)
    db.close()


def _own_server(tx: Transaction, owner: str, port: int) -> None:
    sender = {"username": "", "password": "", "from_address": "ana@casa.example"}
    how = {"host": "127.0.0.1", "port": str(port), "security": Security.NONE}
    mail_settings.set_server(tx, owner=owner, **how, **sender)


def _meet(tx: Transaction, owner: str, name: str) -> str:
    """Meet somebody yesterday; give the touch that is due of it."""
    lines = ("BEGIN:VCARD", "VERSION:3.0", f"UID:{uuid4()}", f"FN:{name}", f"N:;{name};;;")
    vcard = "\r\n".join((*lines, "EMAIL:nuria@faro.example", "END:VCARD", ""))
    contact = contacts.write(tx, owner=owner, vcard=vcard).id
    yesterday = policies.today(tx, owner=owner) - timedelta(days=1)
    met = Met(on=yesterday, gathering="la Cámara", language="es")
    tie = ties.begin(tx, owner=owner, contact_id=contact, met=met)
    return touches.of_tie(tx, owner=owner, tie_id=tie)[0].id
