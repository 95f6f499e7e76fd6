"""What is known about print jobs: only ever asked by who ordered them."""

from datetime import datetime, timedelta
from typing import Final, NamedTuple

import sqlalchemy as sa

from volunteer_site.core.db import db
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations.models import Organisation
from volunteer_site.people.models import Consent, ConsentKind
from volunteer_site.printouts.jobs.models import PrintJob
from volunteer_site.recognition.rolls.models import HonorRoll, HonorRollLine, RollAbsence

SILENCE: Final = timedelta(minutes=3)  # one piece takes seconds; longer, and nobody works on it


class Ordered(NamedTuple):
    """A job, whose paper it is, and whether a name on it was taken back since it was ordered."""

    job: PrintJob
    organisation: Organisation
    outdated: bool


def own(person_id: int, job_id: int) -> Ordered:
    """Return the person's own job; raises NotFound, also for what was removed after its day."""
    row = db.session.execute(_jobs_of(person_id).where(PrintJob.id == job_id)).first()
    if row is None:
        raise NotFound(
            _("There is no such print job, or it was removed after its day. Order it again."),
            link=("/print", _("Print shop")),
        )
    return Ordered(*row)


def all_of(person_id: int) -> list[Ordered]:
    """Return the person's jobs, the latest first."""
    rows = db.session.execute(_jobs_of(person_id).order_by(PrintJob.id.desc()))
    return [Ordered(*row) for row in rows]


def unfinished(person_id: int, now: datetime) -> int:
    """Count the person's jobs that are being worked on."""
    asked = sa.select(sa.func.count()).where(
        PrintJob.person_id == person_id,
        PrintJob.finished_at.is_(None),
        PrintJob.failed_at.is_(None),
        PrintJob.beat_at > now - SILENCE,
    )
    return db.session.scalar(asked) or 0


def state_of(ordered: Ordered, now: datetime) -> str:
    """Say how far a job is: ready, outdated, failed, broken (left unfinished) or working."""
    job = ordered.job
    facts = (
        (job.finished_at is not None and ordered.outdated, "outdated"),
        (job.finished_at is not None, "ready"),
        (job.failed_at is not None, "failed"),
        (now - job.beat_at > SILENCE, "broken"),
    )
    return next((name for holds, name in facts if holds), "working")


def _jobs_of(person_id: int) -> sa.Select[PrintJob, Organisation, bool]:
    asked = sa.select(PrintJob, Organisation, _name_taken_back())
    asked = asked.join(Organisation, Organisation.id == PrintJob.organisation_id)
    return asked.where(PrintJob.person_id == person_id)


def _name_taken_back() -> sa.ColumnElement[bool]:
    """Tell whether somebody on a roll of the job's month hid their name since (R40)."""
    person, ordered_at = HonorRollLine.person_id, PrintJob.asked_at
    hidden = sa.exists().where(
        Consent.person_id == person,
        Consent.kind == ConsentKind.PUBLISH_NAME,
        Consent.withdrawn_at >= ordered_at,
    )
    absent = sa.exists().where(RollAbsence.person_id == person, RollAbsence.chosen_at >= ordered_at)
    either = (one.correlate(PrintJob, HonorRollLine) for one in (hidden, absent))
    on_a_roll = sa.exists().where(
        HonorRoll.month == sa.func.substr(PrintJob.subject, 1, len("2026-11")),
        HonorRollLine.roll_id == HonorRoll.id,
        sa.or_(*either),
    )
    return on_a_roll.correlate(PrintJob)
