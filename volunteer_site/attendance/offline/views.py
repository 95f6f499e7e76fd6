"""The door's page without network: what the phone keeps, what it sends, and the page itself."""

from pathlib import Path
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.activities.models import Activity
from volunteer_site.attendance import queries, settings
from volunteer_site.attendance.offline import answers, forms, kept, services
from volunteer_site.attendance.offline import queries as offline
from volunteer_site.attendance.offline.services import Delivery
from volunteer_site.attendance.views.panel import theirs
from volunteer_site.core import clock
from volunteer_site.core.access import public, role
from volunteer_site.core.db import write_transaction
from volunteer_site.core.forms import form_token
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person

ADDRESS = "/desk/activities/<int:activity_id>/door"

keeping = Blueprint("door_keeping", __name__, url_prefix=f"{ADDRESS}/kept")
events = Blueprint("door_events", __name__, url_prefix=f"{ADDRESS}/events")
shell = Blueprint("door_shell", __name__)
worker = Blueprint("door_worker", __name__)
manifest = Blueprint("door_manifest", __name__)

blueprints = (keeping, events, shell, worker, manifest)


@keeping.get("", endpoint="show")
@role(RoleName.COORDINATOR)
def show_kept(activity_id: int) -> ResponseReturnValue:
    """Say what the phone may keep of this activity, and who it is that keeps it."""
    activity = theirs(activity_id)
    facts = {"now": _now(), "token": form_token(), "me": _me()}
    if not kept.over(activity, clock.now(), settings.hours()):
        facts |= _everything(activity)
    return _private(facts)


@events.post("", endpoint="create")
@role(RoleName.COORDINATOR)
def take_events(activity_id: int) -> ResponseReturnValue:
    """Take what a phone kept; what is answered here is safely written."""
    activity, now = theirs(activity_id), clock.now()
    sent = forms.read(request.get_json(silent=True), now)
    delivery = Delivery(activity, sent.events, current_person().id, settings.hours())
    with write_transaction():
        taken = services.receive(delivery, now=now)
        marks = {mark.id: mark for mark in queries.marks(activity_id)}
        said = [answers.told(event, marks) for event in taken]
    said += [answers.not_read(event_id) for event_id in sent.unreadable]
    return _private({"now": _now(), "answers": said})


@shell.get("/desk/door", endpoint="show")
@role(RoleName.COORDINATOR)
def show_shell() -> str:
    """Show the door's page as the phone keeps it: words and buttons, nothing about anybody."""
    return render_template("attendance/offline/shell.html")


@worker.get("/door-worker.js", endpoint="show")
@public
def show_worker() -> Response:
    """Send the script that answers for the door's page when there is no network."""
    script = Path(current_app.root_path) / "static" / "js" / "door-worker.js"
    return Response(script.read_bytes(), mimetype="text/javascript")


@manifest.get("/door.webmanifest", endpoint="show")
@public
def show_manifest() -> Response:
    """Say how the door's page is installed on a phone."""
    words = render_template("attendance/offline/door.webmanifest")
    return Response(words, mimetype="application/manifest+json")


def _everything(activity: Activity) -> dict[str, Any]:
    tools = kept.Tools(settings.codes(), settings.cards(), settings.hours())
    roster = queries.roster(activity.id)
    people = kept.people(roster, offline.numbers(roster), tools.cards)
    return {"activity": kept.activity(activity, tools), "people": people}


def _me() -> dict[str, Any]:
    person = current_person()
    return {"id": person.id, "name": person.name}


def _now() -> int:
    return kept.milliseconds(clock.now())


def _private(facts: dict[str, Any]) -> Response:
    """Answer with JSON that no cache may hold."""
    response = jsonify(facts)
    response.headers["Cache-Control"] = "no-store"
    return response
