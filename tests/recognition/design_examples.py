"""A design of somebody's with their own picture in it, as the tests of rules need one."""

from io import BytesIO

from PIL import Image
from werkzeug.datastructures import FileStorage

from tests.factories import NOW
from volunteer_site.core import uploads
from volunteer_site.core.db import write_transaction
from volunteer_site.recognition.designs import services
from volunteer_site.recognition.designs.services import Wish


def of(app, person, community):
    """Propose a badge to the community; return what addresses name."""
    written = BytesIO()
    Image.new("RGB", (8, 8), "orange").save(written, "PNG")
    written.seek(0)
    with app.app_context():
        kept = uploads.take_square(FileStorage(written, "画.png"), 8)
        with write_transaction():
            picture = services.keep_picture(person.id, kept, NOW).id
            look = {"shape": "circle", "tint": "teal", "metal": "gold", "zoom": 100, "emblem": ""}
            said = {"name": "门前五包", "sentence": "雪停了", "why": "给孙小兰", "text": "扫雪先锋"}
            who = {"organisation_id": community.id, "credit": "masked", "designed_by": ""}
            wish = Wish(picture_id=picture, **look, **said, **who)
            design = services.propose(person.id, wish, NOW).id
    return {"design_id": design, "picture_id": picture, "drawing": "star"}
