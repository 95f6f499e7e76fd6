"""A badge that is being composed: how it would look, and who would have it today, and why."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from volunteer_site.core import dates
from volunteer_site.core.cache import kept
from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import ngettext
from volunteer_site.recognition.badges import preview
from volunteer_site.recognition.badges.pins import Pin

MOST = 10  # people named


class Person(NamedTuple):
    """Somebody who would have the badge, and why."""

    name: str
    why: str


class Seen(NamedTuple):
    """What is shown beside the form; `problem` says why nobody can be found yet."""

    pin: Pin
    problem: str
    number: int = 0
    people: tuple[Person, ...] = ()


def pin_of(columns: dict[str, Any]) -> Pin:
    """Return the badge as pages would show it, though it does not exist yet."""
    unset: dict[str, Any] = {"id": 0, "slug": "", "position": 0, "retired_at": None}
    return Pin(**(unset | {name: columns[name] for name in columns if name in Pin._fields}))


def looked_at(pin: Pin, problem: str, paths: Collection[str], now: datetime) -> Seen:
    """Return the draft with who would have it today of those who served below `paths`.

    Found anew at most once a minute, so that writing its name costs nothing.
    """
    if problem or pin.given_by_hand:
        return Seen(pin, problem)
    key = (pin.rule, tuple(paths), now.replace(second=0, microsecond=0))
    found = kept("previews", 64).get(key, lambda: preview.preview(pin.rule, paths, MOST))
    return Seen(pin, "", found.count, tuple(_told(one) for one in found.people))


def _told(one: preview.Would) -> Person:
    if one.entries == 1:
        return Person(one.name, _("on %(day)s", day=dates.show_day(one.earned_on)))
    why = ngettext(
        "%(num)s entry since %(since)s, reached on %(day)s",
        "%(num)s entries since %(since)s, reached on %(day)s",
        one.entries,
        since=dates.show_day(one.since),
        day=dates.show_day(one.earned_on),
    )
    return Person(one.name, why)
