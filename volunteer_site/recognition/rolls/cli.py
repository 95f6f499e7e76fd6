"""`flask rolls prepare 2026-11`: the drafts of a month for everybody who has a roll."""

from collections import Counter
from datetime import datetime

import click
from flask import current_app
from flask.cli import AppGroup

from volunteer_site.core import clock, dates, jobs
from volunteer_site.core.db import write_transaction
from volunteer_site.core.jobs import N_
from volunteer_site.organisations.models import Organisation
from volunteer_site.recognition.rolls import kinds, queries, rule, services
from volunteer_site.recognition.rolls.models import MONTHLY, HonorRoll, RollKind
from volunteer_site.recognition.rolls.rule import Terms

rolls = AppGroup("rolls", help="The monthly honor rolls.")


@rolls.command()
@click.argument("month", metavar="YYYY-MM")
def prepare(month: str) -> None:
    """Prepare the month's rolls as drafts, for each community and unit and for the district.

    Safe to run twice. What is published or on public notice stays as it is, and so does a
    draft whose cut-off is the month's own; drafts made before it are made again, by their own
    terms.
    """
    try:
        dates.month_dates(month)
    except ValueError:
        raise click.BadParameter("Write the month like 2026-11.") from None
    now, outcomes = clock.now(), Counter[str]()
    with jobs.run("rolls prepare") as outcome:
        with click.progressbar(queries.having_rolls(), label=month) as shown:
            for organisation in shown:
                for kind in (None, *kinds.at(organisation)):
                    with write_transaction():
                        outcomes[_prepare(organisation, month, kind, now)] += 1
        said = N_("%(month)s: %(prepared)d prepared, %(there)d there already, %(empty)d empty.")
        counted = {name: outcomes[name] for name in ("prepared", "there", "empty")}
        outcome.add(said, month=month, **counted)
    click.echo(outcome)


def _prepare(organisation: Organisation, month: str, kind: RollKind | None, now: datetime) -> str:
    cutoff_at = min(rule.usual_cutoff(month), now)
    there = queries.standing(organisation.id, month, kind.slug if kind else MONTHLY)
    if there is not None and (_fixed(there) or there.cutoff_at >= cutoff_at):
        return "there"
    terms = _terms(organisation, kind, there, cutoff_at)
    if not services.lines(organisation, month, terms):
        return "empty"
    services.prepare_roll(organisation, month, terms, by_id=None, now=now)
    return "prepared"


def _fixed(roll: HonorRoll) -> bool:
    return roll.published_at is not None or roll.notice_id is not None


def _terms(
    organisation: Organisation, kind: RollKind | None, there: HonorRoll | None, cutoff_at: datetime
) -> Terms:
    config = current_app.config
    if kind is not None:
        return kinds.terms(kind, cutoff_at, config["ROUNDING_MINUTES"])
    least, order = (
        rule.usual_minimum(organisation.kind, config["ROLL_MINIMUM_MINUTES"]),
        config["ROLL_ORDER"],
    )
    if there is not None:
        least, order = there.minimum_minutes, there.name_order
    return Terms(cutoff_at, least, order, config["ROUNDING_MINUTES"])
