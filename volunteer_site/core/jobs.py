"""When each job last ran, so that a dead timer is seen on the desk and not after weeks (W53)."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from volunteer_site.core import clock
from volunteer_site.core.db import Model, db, write_transaction
from volunteer_site.core.words import LOCALES, gettext, locale


class JobRun(Model):
    """One run of a job such as `week post`; unfinished or failed ones are kept too."""

    __tablename__ = "job_runs"
    __table_args__ = (sa.Index("ix_job_runs_job_started_at", "job", "started_at"),)

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    job: orm.Mapped[str]
    started_at: orm.Mapped[datetime]
    finished_at: orm.Mapped[datetime | None]
    failed_at: orm.Mapped[datetime | None]
    outcome: orm.Mapped[str] = orm.mapped_column(default="")  # see `Outcome`


def N_(message: str) -> str:  # noqa: N802 -- the name that message extraction looks for
    """Mark `message` for translation; its numbers are filled in when it is shown."""
    return message


class Outcome:
    """What came of a job: sentences with their numbers, to be said in each reader's language."""

    def __init__(self) -> None:
        """Begin with nothing to say."""
        self._sentences: list[tuple[str, dict[str, int | str]]] = []

    def add(self, message: str, **given: int | str) -> None:
        """Say one sentence more: words marked with `N_`, and what is filled in."""
        self._sentences.append((message, given))

    def __str__(self) -> str:
        """Return the sentences in English, for the command line."""
        return " ".join(message % given for message, given in self._sentences)

    def kept(self) -> str:
        """Return what a row keeps."""
        return json.dumps(self._sentences, ensure_ascii=False) if self._sentences else ""


def said(kept: str) -> str:
    """Say a kept outcome in the reader's language; words kept as they were stay as they are."""
    if not kept.startswith("[["):
        return kept
    between = "" if locale() == LOCALES[0] else " "
    return between.join(gettext(message, **given) for message, given in json.loads(kept))


@contextmanager
def run(job: str) -> Iterator[Outcome]:
    """Note that `job` runs; what is added to the outcome is kept with it."""
    outcome = Outcome()
    with write_transaction():
        entry = JobRun(job=job, started_at=clock.now())
        db.session.add(entry)
    entry_id = entry.id
    try:
        yield outcome
    except BaseException as error:
        _note(entry_id, failed_at=clock.now(), outcome=type(error).__name__)
        raise
    _note(entry_id, finished_at=clock.now(), outcome=outcome.kept())


def last_runs() -> list[JobRun]:
    """Return the latest run of every job, by the job's name."""
    latest = sa.select(sa.func.max(JobRun.id)).group_by(JobRun.job)
    return list(
        db.session.scalars(sa.select(JobRun).where(JobRun.id.in_(latest)).order_by(JobRun.job))
    )


def _note(entry_id: int, **facts: datetime | str) -> None:
    with write_transaction():
        db.session.execute(sa.update(JobRun).where(JobRun.id == entry_id).values(**facts))
