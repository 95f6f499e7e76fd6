"""The volunteer site: communities post, volunteers sign up and check in, hours are honoured."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask
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
    "recognition.models",
    *(f"recognition.{part}.models" for part in ("certificates", "deeds", "designs", "notices")),
    *(f"recognition.{part}.models" for part in ("rolls", "stars")),
    "oversight.models",
    "printouts.jobs.models",
)


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Build the site; `config` overrides the environment (tests and bench use it)."""
    _import_models()
    app = Flask(
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
    from volunteer_site.activities import views as activities
    from volunteer_site.attendance import views as attendance
    from volunteer_site.attendance.late import views as late
    from volunteer_site.attendance.offline import views as offline
    from volunteer_site.attendance.sheets import views as sheets
    from volunteer_site.core import views as core
    from volunteer_site.hours import views as hour_corrections
    from volunteer_site.organisations import views as organisations
    from volunteer_site.pages.views import (
        activity,
        board,
        books,
        community,
        desk,
        hours,
        me,
        mondays,
        numbers,
        office,
        year,
    )
    from volunteer_site.people import views as people
    from volunteer_site.printouts import views as printouts
    from volunteer_site.recognition import views as recognition
    from volunteer_site.recognition.certificates import views as certificates
    from volunteer_site.recognition.deeds import views as deeds
    from volunteer_site.recognition.designs import views as designs
    from volunteer_site.recognition.notices import views as notices
    from volunteer_site.recognition.rolls import views as rolls
    from volunteer_site.recognition.stars import views as stars
    from volunteer_site.signups import views as signups

    for blueprint in (
        core.bp,
        *organisations.blueprints,
        *people.blueprints,
        board.bp,
        activity.bp,
        *signups.blueprints,
        *attendance.blueprints,
        *late.blueprints,
        *sheets.blueprints,
        *offline.blueprints,
        *activities.blueprints,
        *recognition.blueprints,
        *certificates.blueprints,
        *designs.blueprints,
        *notices.blueprints,
        *rolls.blueprints,
        *stars.blueprints,
        *deeds.blueprints,
        *printouts.blueprints,
        *_pages_of_oversight(),
        me.bp,
        hours.bp,
        hour_corrections.bp,
        year.bp,
        year.positions,
        me.addresses,
        me.feeds,
        community.bp,
        desk.bp,
        office.bp,
        mondays.desk,
        mondays.office,
        office.weeks,
        office.jobs,
        numbers.bp,
        books.bp,
        books.months,
        books.own,
        books.sign_offs,
        books.office,
        books.office_months,
        books.seals,
        books.prints,
    ):
        app.register_blueprint(blueprint)


def _pages_of_oversight() -> tuple[Blueprint, ...]:
    from volunteer_site.oversight.anomalies import views as anomalies
    from volunteer_site.oversight.complaints import views as complaints
    from volunteer_site.oversight.exports import views as exports
    from volunteer_site.oversight.findings import views as findings
    from volunteer_site.oversight.objections import views as objections
    from volunteer_site.oversight.questions import views as questions
    from volunteer_site.oversight.spot_checks import views as spot_checks

    return (
        *objections.blueprints,
        *complaints.blueprints,
        *questions.blueprints,
        *findings.blueprints,
        *anomalies.blueprints,
        *spot_checks.blueprints,
        *exports.blueprints,
    )


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
    from volunteer_site.recognition import cli as recognition
    from volunteer_site.recognition.rolls import cli as rolls

    for group in (
        core.backup,
        organisations.organisations,
        people.people,
        activities.week,
        hours.ledger,
        recognition.badges,
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
