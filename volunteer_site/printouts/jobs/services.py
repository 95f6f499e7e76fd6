"""Ordering a print job, noting how far it is, and removing it after its day."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from volunteer_site.core.db import db
from volunteer_site.core.errors import Refusal
from volunteer_site.core.words import gettext as _
from volunteer_site.printouts.jobs import queries
from volunteer_site.printouts.jobs.models import PrintJob

KEPT: Final = timedelta(days=1)
MOST: Final = 3  # of one person at a time


class TooManyJobs(Refusal):
    """Somebody has several jobs under way already."""


def order(
    whose: tuple[int, int],
    what: tuple[str, str],
    wishes: Mapping[str, str],
    pieces: int,
    *,
    now: datetime,
) -> PrintJob:
    """Note what was ordered: (person, organisation) and (paper, subject).

    Raises TooManyJobs if three of the person's are under way.
    """
    (person_id, organisation_id), (paper, subject) = whose, what
    if queries.unfinished(person_id, now) >= MOST:
        said = _("%(most)d of your print jobs are being made. Wait until one is ready.", most=MOST)
        raise TooManyJobs(said, link=("/print/jobs", _("Print jobs")))
    job = PrintJob(
        person_id=person_id,
        organisation_id=organisation_id,
        paper=paper,
        subject=subject,
        wishes=dict(wishes),
        pieces=pieces,
        asked_at=now,
        beat_at=now,
    )
    db.session.add(job)
    db.session.flush()
    return job


def note(job_id: int, **facts: datetime | int | str) -> None:
    """Note how far a job is: made, beat_at, finished_at and file, or failed_at."""
    change = sa.update(PrintJob).where(PrintJob.id == job_id)
    db.session.execute(change.values(**facts))


def forget_old(now: datetime) -> list[str]:
    """Forget the jobs older than a day; return the name of each one's file, to be removed."""
    old = PrintJob.asked_at < now - KEPT
    files = list(db.session.scalars(sa.select(PrintJob.file).where(old)))
    db.session.execute(sa.delete(PrintJob).where(old))
    return files
