"""Good deeds to test with, told, weighed and put on the board by the services people use."""

from datetime import timedelta
from io import BytesIO

from PIL import Image
from werkzeug.datastructures import FileStorage

from tests.factories import NOW
from volunteer_site.core import uploads
from volunteer_site.core.db import db, write_transaction
from volunteer_site.recognition.deeds import queries, services
from volunteer_site.recognition.deeds.models import GoodDeed
from volunteer_site.recognition.deeds.services import Told
from volunteer_site.recognition.deeds.services.consents import Agreed
from volunteer_site.recognition.deeds.services.weighing import Voice
from volunteer_site.recognition.notices.services import Sender

ANYBODY = Sender("192.0.2.7", "s" * 32, per_hour=50)
WORDS = "十月以来每天给对门独居的老人送早饭，陪着去医院换药。"
AFTER_NOTICE = NOW + timedelta(days=8)  # the notice of Thursday the 19th ends on Thursday the 26th
NAMES = ("周大勇", "吴秀英", "郑国栋", "冯玉兰", "陈桂芳")


def tell(community, now=NOW, sender=ANYBODY, **given):
    usual = {"kind": "help", "proposer": "neighbour", "nominee_name": "孙小兰", "words": WORDS}
    with write_transaction():
        return services.nominate(Told(community.id, **usual | given), sender, now=now)


def panel(make, community, count=3):
    """Name so many members; return them."""
    members = [make.person(name=name) for name in NAMES[:count]]
    for member in members:
        sit(community, member)
    return members


def sit(community, person):
    with write_transaction():
        services.name(community.id, person.id, "居民代表", by_id=None, now=NOW)


def begin(deed_id, by, now=NOW):
    with write_transaction():
        services.begin(deed_id, by_id=by.id, now=now)


def say(deed_id, person, answer="yes", now=NOW):
    with write_transaction():
        services.vote(deed_id, person.id, Voice(answer, "情况属实。"), now=now)


def agree(deed_id, kind, by, given_by="self", now=NOW):
    with write_transaction():
        agreed = Agreed(kind, given_by, "在服务大厅签了同意书")
        services.record_consent(deed_id, agreed, by_id=by.id, now=now)


def put_on_notice(deed_id, by, now=NOW):
    with write_transaction():
        return services.put_on_notice(deed_id, by_id=by.id, now=now)


def publish(deed_id, by, now=AFTER_NOTICE):
    with write_transaction():
        return services.publish(deed_id, by_id=by.id, now=now)


def weighed(deed_id, members, by, now=NOW):
    """Let a panel agree to a deed."""
    begin(deed_id, by, now)
    for member in members:
        if of(deed_id).decided_at is None:
            say(deed_id, member, now=now)


def published(community, members, by, now=NOW, **given):
    """Lead a deed to the board; return its id and its number."""
    nominee = given.pop("nominee", None)
    deed_id = tell(community, now, **given)
    if nominee is not None:
        link(deed_id, nominee, by, now)
    weighed(deed_id, members, by, now)
    put_on_notice(deed_id, by, now)
    return deed_id, publish(deed_id, by, now + timedelta(days=16))


def link(deed_id, nominee, by, now=NOW):
    """Say that this account is the nominee's."""
    deed = of(deed_id)
    told = Told(
        deed.organisation_id, deed.kind, deed.proposer, nominee.name, deed.words, photo=deed.photo
    )
    with write_transaction():
        services.rewrite(deed_id, told, number=nominee.number, by_id=by.id, now=now)


def of(deed_id):
    db.session.rollback()
    return db.session.get(GoodDeed, deed_id)


def jpeg(size=(640, 480), color=(180, 60, 40)):
    """Return a photo as a phone would send it."""
    written = BytesIO()
    Image.new("RGB", size, color).save(written, "JPEG")
    written.seek(0)
    return written


def examples(app, make, community, person):
    """Put a deed with a photo on the board, weighed by this person; say how addresses name it."""
    with app.test_request_context():
        photo = uploads.take(FileStorage(jpeg(), "photo.jpg"))
        by = make.coordinator(community, name="郭海")
        members = [*panel(make, community, 2), person]
        sit(community, person)
        told = {"now": NOW - timedelta(days=30), "nominee_name": "田桂香", "photo": photo}
        deed_id, number = published(community, members, by, **told)
        agree(deed_id, "photo", by)
        seat = queries.panel(community.id)[0].panellist.id
        consent = queries.consents(deed_id)[0].id
    return {"deed_id": deed_id, "deed_number": number, "member_id": seat, "consent_id": consent}
