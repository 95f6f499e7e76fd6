"""Looking for what is odd, and keeping what was found: once, however often it is looked for."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from volunteer_site.core import dates
from volunteer_site.core.db import db, insert_into
from volunteer_site.core.jobs import JobRun
from volunteer_site.organisations.models import Kind as Place
from volunteer_site.organisations.models import Organisation
from volunteer_site.oversight.anomalies.finders import FINDERS
from volunteer_site.oversight.anomalies.findings import Finding, Window
from volunteer_site.oversight.anomalies.models import Anomaly, AnomalyRule, Answer, Kind
from volunteer_site.oversight.anomalies.rules import RULES, Numbers, Rule

JOB = "anomalies find"
AGAIN = timedelta(days=1)  # looked through twice, for what was under way at the last run
FIRST = timedelta(days=62)  # looked through when nobody has ever looked
GRAVITY = 1000  # a graver kind comes before more marks


def since_last(now: datetime) -> datetime:
    """Return from when on entries have not been looked through."""
    asked = sa.select(sa.func.max(JobRun.started_at)).where(
        JobRun.job == JOB, JobRun.finished_at.is_not(None)
    )
    last: datetime | None = db.session.scalar(asked)
    return last - AGAIN if last else now - FIRST


def districts() -> list[Organisation]:
    """Return the districts, each of which has its own rules."""
    asked = sa.select(Organisation).where(Organisation.kind == Place.DISTRICT)
    return list(db.session.scalars(asked.order_by(Organisation.id)))


def window(path: str, since: datetime, until: datetime, cap: int) -> Window:
    """Return what to look through, with the time of day as it is where the site stands."""
    ahead = dates.local(until) - until
    return Window(path, since, until, int(ahead.total_seconds()), cap)


def in_force(district_id: int) -> dict[str, AnomalyRule]:
    """Return by kind the last change of each rule that a district has changed."""
    latest = (
        sa.select(sa.func.max(AnomalyRule.id))
        .where(AnomalyRule.organisation_id == district_id)
        .group_by(AnomalyRule.kind)
    )
    asked = sa.select(AnomalyRule).where(AnomalyRule.id.in_(latest))
    return {rule.kind: rule for rule in db.session.scalars(asked)}


def numbers_of(rule: Rule, changed: AnomalyRule | None) -> dict[str, int]:
    """Return the numbers that count: as somebody set them, or else the usual ones."""
    return rule.usual | {
        name: int(value)
        for name, value in (changed.numbers if changed else {}).items()
        if name in rule.numbers
    }


def look(kind: str, where: Window, numbers: Numbers) -> list[Finding]:
    """Return what a rule finds with these numbers, without keeping it; for a preview too."""
    return [one for one in FINDERS[kind](where, numbers) if one.marks]


def find(district: Organisation, where: Window) -> dict[str, list[Finding]]:
    """Look by every rule that is switched on; return what each found.

    Reads only, so that nobody waits while it looks.
    """
    changed, found = in_force(district.id), {}
    for kind, rule in RULES.items():
        setting = changed.get(kind)
        if setting is None or setting.switched_off_at is None:
            found[kind] = look(kind, where, numbers_of(rule, setting))
    return found


def keep(found: dict[str, list[Finding]], path: str, now: datetime) -> dict[str, int]:
    """Write the findings about communities at or below a path; return how many are new, by kind.

    Twice writes nothing new; what was called fine stays so. Call inside a `write_transaction`.
    """
    return {kind: _keep(RULES[kind], ones, path, now) for kind, ones in found.items()}


def put_on_the_desk(kind: Kind, gravity: int, found: Collection[Finding], now: datetime) -> int:
    """Let the office decide about findings; return how many were not on its desk before."""
    if not found:
        return 0
    added = insert_into(Anomaly).on_conflict_do_nothing(index_elements=["kind", "key"])
    rows = [_row(kind, gravity, one, now) for one in found]
    return len(db.session.scalars(added.returning(Anomaly.id), rows).all())


def _keep(rule: Rule, found: list[Finding], path: str, now: datetime) -> int:
    fine = _called_fine(rule.kind, {one.alike for one in found})
    ours = _below(path, {one.organisation_id for one in found})
    fresh = [one for one in found if one.alike not in fine and one.organisation_id in ours]
    return put_on_the_desk(rule.kind, rule.gravity, fresh, now)


def _row(kind: Kind, gravity: int, one: Finding, now: datetime) -> dict[str, Any]:
    return {
        "kind": kind.value,
        "key": one.key,
        "pattern": one.alike,
        "organisation_id": one.organisation_id,
        "activity_id": one.activity_id,
        "about_id": one.person_id,
        "coordinator_id": one.coordinator_id,
        "weight": gravity * GRAVITY + min(len(one.marks), GRAVITY - 1),
        "evidence": {"marks": list(one.marks), "numbers": dict(one.numbers)},
        "found_at": now,
        "words": "",
    }


def _called_fine(kind: str, patterns: set[str]) -> set[str]:
    """Return which of these patterns somebody looked at before and called fine."""
    asked = sa.select(Anomaly.pattern).where(Anomaly.kind == kind, Anomaly.answer == Answer.FINE)
    return patterns & set(db.session.scalars(asked)) if patterns else set()


def _below(path: str, organisations: set[int]) -> set[int]:
    """Return which of these organisations belong to the district; others find their own."""
    asked = sa.select(Organisation.id).where(Organisation.path.startswith(path))
    return organisations & set(db.session.scalars(asked)) if organisations else set()
