"""The work on a print job: piece after piece is set and put into its file.

It runs in a thread of the process that took the order, while the setting itself is done by a
process of its own (`printouts.press`), one sheet after the other: so memory stays bounded, and
visitors hardly notice. If the process ends, the job is left as it is, and can be ordered again.
"""

import logging
import secrets
import threading
import time
import zipfile
from pathlib import Path
from typing import Any

from flask import Flask, session

from volunteer_site.core import clock, uploads
from volunteer_site.core.db import db, write_transaction
from volunteer_site.organisations.models import Organisation
from volunteer_site.people.session import known
from volunteer_site.printouts import papers
from volunteer_site.printouts.jobs import services
from volunteer_site.printouts.jobs.models import PrintJob
from volunteer_site.printouts.orders import Order, Setting
from volunteer_site.printouts.papers import Piece

log = logging.getLogger(__name__)
FOLDER = "print-jobs"


def folder() -> Path:
    """Return where finished jobs lie, for every machine of the site; only it may read them."""
    found = uploads.folder() / FOLDER
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def begin(app: Flask, job_id: int, host: str, locale: str) -> None:
    """Work on a job in the background; in tests at once."""
    given: tuple[Any, ...] = (app, job_id, host, locale)
    if app.testing:
        _run(*given)
    else:
        threading.Thread(target=_run, args=given, name=f"print-{job_id}", daemon=True).start()


def remove_old() -> int:
    """Remove jobs older than a day with their files, and drafts left behind; say how many."""
    now = clock.now()
    with write_transaction():
        old = services.forget_old(now)
    for name in filter(None, old):
        (folder() / name).unlink(missing_ok=True)
    for path in folder().glob(".*"):
        if path.stat().st_mtime < time.time() - services.KEPT.total_seconds():
            path.unlink(missing_ok=True)
    return len(old)


def _run(app: Flask, job_id: int, host: str, locale: str) -> None:
    with app.test_request_context(base_url=host):
        session["locale"] = locale
        try:
            _make(job_id, host)
        except Exception:
            log.exception("print job %s broke", job_id)
            db.session.rollback()
            _note(job_id, failed_at=clock.now())
        finally:
            db.session.remove()


def _make(job_id: int, host: str) -> None:
    job = db.session.get(PrintJob, job_id)
    assert job is not None, "whoever ordered it has noted it"  # noqa: S101
    place = db.session.get(Organisation, job.organisation_id)
    assert place is not None, "organisations are never removed"  # noqa: S101
    order = Order(known(job.person_id), place, job.subject, host, clock.now(), job.wishes)
    pieces = papers.pieces(job.paper, order)
    name = f"{job_id}-{secrets.token_hex(8)}.{'pdf' if len(pieces) == 1 else 'zip'}"
    draft = folder() / f".{name}"
    try:
        _write(draft, job_id, pieces)
        draft.replace(folder() / name)
    finally:
        draft.unlink(missing_ok=True)
    _note(job_id, finished_at=clock.now(), file=name, made=len(pieces))


def _write(draft: Path, job_id: int, pieces: list[Piece]) -> None:
    if len(pieces) == 1:
        draft.write_bytes(_set(*pieces[0]).pdf())
        return
    with zipfile.ZipFile(draft, "w") as bundle:  # a PDF is compressed already
        for number, piece in enumerate(pieces, start=1):
            setting = _set(*piece)
            bundle.writestr(f"{number:03} {file_name(setting.name)}.pdf", setting.pdf())
            _note(job_id, made=number, beat_at=clock.now())


def file_name(words: str) -> str:
    """Return words as the name of a file on any machine."""
    return "".join("-" if sign in '<>:"/\\|?*' else sign for sign in words)[:80].strip()


def _set(paper: Any, order: Order) -> Setting:
    setting: Setting = paper.compose(order)
    db.session.rollback()  # no read stays open while it is set
    return setting


def _note(job_id: int, **facts: Any) -> None:
    with write_transaction():
        services.note(job_id, **facts)
