"""What people see: one module a noun, plain HTML forms, and small scripts that make them quicker."""

from flask import Blueprint, Flask, g

from service.web.keeping_running import keeps_it_running
from service.web.pages import access, language, settings, sign_in, status, wording
from service.web.pages.entering import firm, invitations, joining, passkeys, proving, record, second_factor
from service.web.pages.following import focus, hub, policy, reconnect, referrals, sorting, ties, today, week, worth
from service.web.pages.meeting import answering, gatherings, guest_list, introductions, letters, own_gathering
from service.web.pages.people import contacts, duplicates, exports, imports, kept, privacy
from service.web.pages.people.drawer import args_of
from service.web.pages.reaching import address_books, devices, feed, links, mail_settings, outbox
from service.web.pages.reading import app as installed
from service.web.pages.reading import capture, cards, corners, photos, samples, sides, sure, taken
from service.web.pages.reading.compare import pieces
from service.web.pages.reading.crop import crop_of
from service.web.pages.reading.review import heading_of
from service.web.pages.telling import told
from service.web.pages.ways import number, tel

CORE = (language.language, sign_in.sign_in, access.access, settings.settings, status.status)
ENTERING = (
    passkeys.passkeys,
    second_factor.second_factor,
    proving.proving,
    joining.joining,
    firm.firm,
    invitations.inviting,
    record.history,
)
READING = (
    photos.photos,
    samples.samples,
    installed.app,
    cards.cards,
    sure.sure,
    corners.corners,
    sides.sides,
)
PEOPLE = (
    contacts.contacts,
    duplicates.duplicates,
    exports.exports,
    imports.imports,
    privacy.privacy,
    kept.kept,
)
FOLLOWING = (
    today.today,
    week.week,
    policy.policy,
    sorting.sorting,
    ties.ties,
    hub.hub,
    reconnect.reconnect,
    referrals.referred,
    focus.three,
    worth.worth,
)
MEETING = (
    gatherings.gatherings,
    guest_list.guest_list,
    letters.letters,
    own_gathering.own_gathering,
    answering.answering,
    introductions.introductions,
)
REACHING = (
    address_books.address_books,
    devices.devices,
    feed.feed,
    links.links,
    mail_settings.mail_settings,
    outbox.outbox,
)


def register(app: Flask) -> None:
    language.register(app)
    # Under one roof, because the API has blueprints of the same nouns.
    pages = Blueprint("pages", __name__)
    for noun in (*CORE, *ENTERING, *READING, *PEOPLE, *FOLLOWING, *MEETING, *REACHING):
        pages.register_blueprint(noun)
    app.register_blueprint(pages)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        account=lambda: g.get("account"),
        came_of=referrals.came_of,
        asked_before=referrals.asked_before,
        capture_words=capture.capture_words,
        cards_to_review=cards.how_many,
        crop_of=crop_of,
        export_args=args_of,
        number=number,
        pieces=pieces,
        tel=tel,
        told=told,
        trouble=wording.trouble,
        may_invite=invitations.may_invite,
        keeps_it_running=keeps_it_running,
        label=wording.LABELS.__getitem__,
        question=wording.QUESTIONS.__getitem__,
        reason=wording.DOUBTS.__getitem__,
        shares=wording.SHARED.__getitem__,
        heading_of=heading_of,
        join_to=sides.join_to,
        phone_type=wording.PHONE_TYPES.__getitem__,
        phone_types=wording.PHONE_TYPES.items,
        photos_of=taken.photos_of,
        promised=taken.promised,
    )
