"""The volunteer site: communities post, volunteers sign up and check in, hours are honoured."""

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from flask import Flask
from jinja2 import StrictUndefined

ROOT = Path(__file__).parents[1]
MODELS = (
    *("core.audit", "core.calendar", "core.jobs", "core.versions"),
    "organisations.models",
    "people.models",
    "activities.models",
    *("hours.models", "hours.held.models", "hours.books.models"),
    *("signups.models", "signups.absences.models"),
    "attendance.models",
    *(f"attendance.{part}.models" for part in ("late", "offline", "sheets")),
    *(f"recognition.{part}.models" for part in ("badges", "certificates", "deeds", "designs")),
    *(f"recognition.{part}.models" for part in ("notices", "rolls", "stars")),
    "oversight.models",
    "printouts.jobs.models",
)
VIEWS = (
    *("core", "organisations", "people", "activities"),
    *("signups", "signups.absences"),
    *("attendance", "attendance.late", "attendance.sheets", "attendance.offline"),
    "hours",
    *(f"recognition.{part}" for part in ("badges", "certificates", "deeds", "designs")),
    *(f"recognition.{part}" for part in ("notices", "rolls", "stars")),
    *(f"oversight.{part}" for part in ("anomalies", "complaints", "exports", "findings")),
    *(f"oversight.{part}" for part in ("objections", "questions", "spot_checks")),
    *("pages", "printouts"),
)


class Site(Flask):
    """Flask for functions that are no coroutines, so that it need not ask at every call."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function as it is."""
        return func


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Build the site; `config` overrides the environment (tests and bench use it)."""
    _import_models()
    app = Site(
        __name__,
        root_path=str(ROOT),
        instance_path=str((config or {}).get("INSTANCE_PATH", ROOT / "instance")),
        static_folder=None,
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    _set_up_core(app, config)
    _set_up_modules(app)
    return app


def _set_up_core(app: Flask, config: Mapping[str, Any] | None) -> None:
    from volunteer_site.core import (
        access,
        addresses,
        assets,
        cookies,
        dates,
        db,
        errors,
        forms,
        headers,
        logs,
        settings,
        uploads,
        words,
    )

    settings.init_app(app, config)
    for part in (
        addresses,
        cookies,
        logs,
        db,
        words,
        dates,
        access,
        uploads,
        forms,
        errors,
        assets,
        headers,
    ):
        part.init_app(app)


def _set_up_modules(app: Flask) -> None:
    from volunteer_site.attendance import listeners as attendance_listeners
    from volunteer_site.oversight.complaints import listeners as complaint_listeners
    from volunteer_site.oversight.objections import listeners as objection_listeners
    from volunteer_site.people import session
    from volunteer_site.recognition import listeners as recognition_listeners
    from volunteer_site.recognition.certificates import listeners as certificate_listeners
    from volunteer_site.recognition.deeds import listeners as deed_listeners
    from volunteer_site.signups import listeners as signup_listeners

    session.init_app(app)
    signup_listeners.connect()
    attendance_listeners.connect()
    recognition_listeners.connect()
    certificate_listeners.connect()
    deed_listeners.connect()
    objection_listeners.connect()
    complaint_listeners.connect()
    _open_pages(app)
    _add_commands(app)


def _open_pages(app: Flask) -> None:
    for name in VIEWS:
        for blueprint in import_module(f"volunteer_site.{name}.views").blueprints:
            app.register_blueprint(blueprint)


def _add_commands(app: Flask) -> None:
    from volunteer_site.activities import cli as activities
    from volunteer_site.attendance import cli as attendance
    from volunteer_site.core import cli as core
    from volunteer_site.demo import cli as demo
    from volunteer_site.hours import cli as hours
    from volunteer_site.organisations import cli as organisations
    from volunteer_site.oversight.anomalies import cli as anomalies
    from volunteer_site.oversight.complaints import cli as complaints
    from volunteer_site.people import cli as people
    from volunteer_site.printouts import cli as printouts
    from volunteer_site.recognition.badges import cli as badges
    from volunteer_site.recognition.rolls import cli as rolls

    for group in (
        core.backup,
        core.uploads,
        core.attempts,
        organisations.organisations,
        people.people,
        activities.week,
        hours.ledger,
        badges.badges,
        rolls.rolls,
        anomalies.anomalies,
        complaints.complaints,
        printouts.papers,
        demo.demo,
    ):
        app.cli.add_command(group)
    activities.week.add_command(attendance.close)


def _import_models() -> None:
    """Let every table be known, also those whose pages are not open yet."""
    for name in MODELS:
        import_module(f"volunteer_site.{name}")
