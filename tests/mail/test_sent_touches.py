"""A touch sent from one's own address: done when it was sent, or clearly told."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from service.domain.errors import Conflict
from service.domain.ties.act import ActType
from service.domain.ties.touch import Channel
from service.storage.following import sent_touches, ties, touches
from service.storage.following.touches import KeptTouch
from service.storage.people import contacts
from service.storage.reaching import outgoing
from tests.mail.conftest import Clock, Post
from tests.mail.servers import Postbox, listening

TEXT = "Hola, Nuria:\n\nMe quedé con ganas de seguir charlando.\n\nUn saludo,\nAna\n"


@pytest.fixture
def kept(first_message: Callable[..., KeptTouch]) -> KeptTouch:
    return first_message()


@pytest.fixture
def own(post: Post) -> Iterator[Postbox]:
    with listening(Postbox()) as made:
        post.own_server(made)
        yield made


def press(post: Post, kept: KeptTouch, text: str = TEXT) -> str:
    said = {"to": "nuria@faro.example", "to_name": "Nuria Prat", "subject": "Nos vimos en la Cámara", "text": text}
    with post.db.transaction() as tx:
        return sent_touches.send(tx, owner=post.owner, id=kept.id, **said)


def state(post: Post, kept: KeptTouch) -> str:
    with post.db.reading() as tx:
        return touches.get(tx, owner=post.owner, id=kept.id).state


def did(post: Post, kept: KeptTouch) -> list[tuple[str, str]]:
    with post.db.reading() as tx:
        history = ties.get(tx, owner=post.owner, id=kept.touch.tie).acts
    return [(act.channel or "", act.text) for act in history if act.type is ActType.DID]


def test_it_is_done_when_it_was_sent_and_its_text_is_in_the_timeline(post: Post, kept: KeptTouch, own: Postbox) -> None:
    id_ = press(post, kept)
    assert state(post, kept) == "planned", "a press alone is nothing done"
    assert post.send(id_) == ("sent", "")
    assert state(post, kept) == "done"
    assert did(post, kept) == [(Channel.MAIL, TEXT)]
    (mail,) = own.taken
    assert mail["Subject"] == "Nos vimos en la Cámara"
    assert mail["Date"].datetime == post.mail(id_).created_at.replace(microsecond=0)
    assert mail.get_content().replace("\r\n", "\n") == TEXT


def test_pressed_twice_it_goes_once(post: Post, kept: KeptTouch, own: Postbox) -> None:
    assert press(post, kept) == press(post, kept)
    post.send(press(post, kept))
    assert len(own.taken) == 1
    with pytest.raises(Conflict, match="not planned any more"):
        press(post, kept)


def test_refused_it_is_still_to_be_done_and_may_be_sent_again(post: Post, kept: KeptTouch, own: Postbox) -> None:
    own.rcpt = "550 5.1.1 nobody of that name"
    first = press(post, kept)
    assert post.send(first) == ("failed", "refused")
    assert (state(post, kept), did(post, kept)) == ("planned", [])
    own.rcpt = ""
    second = press(post, kept, TEXT + "PD: te llamo.\n")
    assert second != first
    assert post.send(second) == ("sent", "")
    assert did(post, kept) == [(Channel.MAIL, TEXT + "PD: te llamo.\n")]
    assert post.told(first)[0] == "withdrawn", "what was sent anew needs nobody to look at it"


def test_done_another_way_meanwhile_it_is_not_sent(post: Post, kept: KeptTouch, own: Postbox) -> None:
    id_ = press(post, kept)
    with post.db.transaction() as tx:
        touches.done(tx, owner=post.owner, id=kept.id, channel=Channel.PHONE)
    assert post.send(id_) == ("withdrawn", "touch_gone")
    assert own.taken == []


def test_done_another_way_while_it_was_being_sent_both_are_written_down(
    post: Post, kept: KeptTouch, own: Postbox
) -> None:
    id_ = press(post, kept)
    with post.db.transaction() as tx:
        mail = outgoing.claim(tx, id_)
        touches.done(tx, owner=post.owner, id=kept.id, channel=Channel.PHONE)
        assert mail is not None
        sent_touches.did(tx, mail)
    assert did(post, kept) == [(Channel.PHONE, ""), (Channel.MAIL, TEXT)]


def test_a_contact_removed_meanwhile_is_not_written_to(post: Post, kept: KeptTouch, own: Postbox) -> None:
    id_ = press(post, kept)
    with post.db.transaction() as tx:
        contacts.delete(tx, owner=post.owner, id=kept.contact_id)
    assert post.send(id_) == ("withdrawn", "touch_gone")


def test_a_word_of_the_person_settles_what_nobody_knows(post: Post, kept: KeptTouch, own: Postbox) -> None:
    id_ = press(post, kept)
    with post.db.transaction() as tx:
        outgoing.claim(tx, id_)
        outgoing.hand_over(tx, id=id_)
    post.age_claim(id_)
    with post.db.transaction() as tx:
        outgoing.CLAIMS.let_go(tx, id=id_, tries=3, reason="")
    assert press(post, kept) == id_, "while nobody knows, a press sends nothing"
    with post.db.transaction() as tx:
        sent_touches.did(tx, outgoing.was_sent(tx, owner=post.owner, id=id_))
    assert state(post, kept) == "done"


def test_undone_it_may_be_sent_once_more(post: Post, kept: KeptTouch, own: Postbox, clock: Clock) -> None:
    post.send(press(post, kept))
    with post.db.transaction() as tx:
        done = next(act for act in ties.get(tx, owner=post.owner, id=kept.touch.tie).acts if act.type is ActType.DID)
        touches.undo(tx, owner=post.owner, act_id=done.id)
    clock.day += timedelta(days=1)
    again = press(post, kept)
    assert post.send(again) == ("sent", "")
    assert len(own.taken) == 2
    assert len({mail["Message-ID"] for mail in own.taken}) == 2
