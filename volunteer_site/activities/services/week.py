"""Thursday's posting from the programmes that are set to post themselves (W52, R26)."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from volunteer_site.activities import occurrences, queries, rules
from volunteer_site.activities.models import Programme
from volunteer_site.activities.occurrences import Occurrence
from volunteer_site.activities.services.activities import from_programme

AHEAD = timedelta(days=7)  # from a Thursday to the next, so that no day is left out


@dataclass
class Round:
    """What a round of posting did; sentences say what needs a person, or why nothing was made."""

    posted: list[str] = field(default_factory=list)
    there: int = 0
    skipped: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)  # for a person to look at


def post_week(day: date, now: datetime) -> Round:
    """Publish what automatic programmes have between `day` and a week later.

    A date that has an activity, moved, edited or cancelled, is not made again. A holiday is
    skipped or moved by the programme's setting; an unknown year waits for a person (R9).
    """
    done = Round()
    programmes = queries.automatic(now)
    made = queries.made((programme.id for programme in programmes), day)
    days = occurrences.days_from(day)
    for programme in programmes:
        for occurrence in occurrences.between(programme, day, day + AHEAD, days):
            if occurrence.due_on in made.get(programme.id, {}):
                done.there += 1
            else:
                _post(programme, occurrence, done, now)
    return done


def _post(programme: Programme, occurrence: Occurrence, done: Round, now: datetime) -> None:
    told = f"{programme.title} (#{programme.id}, {occurrence.due_on:%Y-%m-%d})"
    if occurrence.day is None:
        done.skipped.append(f"{told}: {occurrence.why}")
        return
    if occurrence.unknown:
        done.left.append(f"{told}: {occurrence.why}")
        return
    plan = occurrences.prefilled(programme, occurrence)
    if plan.starts_at <= now:
        return
    against = rules.problems(plan, now)
    if against:
        done.left.append(f"{told}: {against[0]}")
        return
    from_programme(programme, occurrence, by_id=None, now=now)
    done.posted.append(told)
