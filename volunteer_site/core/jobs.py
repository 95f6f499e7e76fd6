"""When each job last ran, so that a dead timer is seen on the desk and not after weeks (W53)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core import clock
from volunteer_site.core.db import Model, db, write_transaction


class JobRun(Model):
    """One run of a job such as `week post`; unfinished or failed ones are kept too."""

    __tablename__ = "job_runs"
    __table_args__ = (sa.Index("ix_job_runs_job_started_at", "job", "started_at"),)

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    job: orm.Mapped[str]
    started_at: orm.Mapped[datetime]
    finished_at: orm.Mapped[datetime | None]
    failed_at: orm.Mapped[datetime | None]
    outcome: orm.Mapped[str] = orm.mapped_column(default="")


@contextmanager
def run(job: str) -> Iterator[list[str]]:
    """Note that `job` runs; sentences put into the list are kept as its outcome."""
    words: list[str] = []
    with write_transaction():
        entry = JobRun(job=job, started_at=clock.now())
        db.session.add(entry)
    entry_id = entry.id
    try:
        yield words
    except BaseException as error:
        _note(entry_id, failed_at=clock.now(), outcome=type(error).__name__)
        raise
    _note(entry_id, finished_at=clock.now(), outcome=" ".join(words))


def last_runs() -> list[JobRun]:
    """Return the latest run of every job, by the job's name."""
    latest = sa.select(sa.func.max(JobRun.id)).group_by(JobRun.job)
    return list(
        db.session.scalars(sa.select(JobRun).where(JobRun.id.in_(latest)).order_by(JobRun.job))
    )


def _note(entry_id: int, **facts: datetime | str) -> None:
    with write_transaction():
        db.session.execute(sa.update(JobRun).where(JobRun.id == entry_id).values(**facts))
