"""Whom a coordinator may find at the door: their own people, and who tells them a whole phone."""

from collections.abc import Iterable
from dataclasses import dataclass

from volunteer_site.attendance import queries
from volunteer_site.core import text
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.people import queries as people
from volunteer_site.people.models import Person

MOST = 20


@dataclass(frozen=True)
class Candidate:
    """Somebody found, with as much of the name as the coordinator may see before they are let in.

    Who lives and works elsewhere is shown with a masked name (R52); they stand there and can say
    whether it is theirs.
    """

    person: Person
    name: str
    state: str  # "in", "expected", "waiting" or "" for somebody who is not on the list


def found(activity_id: int, paths: Iterable[str], words: str) -> list[Candidate]:
    """Return at most 20 people: by name below `paths`, or by whole phone anywhere (R24)."""
    words = text.tidy(words)
    if not words:
        return []
    own = people.search(paths, words)
    known = {person.id for person in own}
    others = [one for one in people.by_phone(_phone(words)) if one.id not in known]
    states = _states(activity_id)
    masked = [Candidate(one, text.mask_name(one.name), states.get(one.id, "")) for one in others]
    plain = [Candidate(one, one.name, states.get(one.id, "")) for one in own]
    return [*masked, *plain][:MOST]


def chosen(activity_id: int, paths: Iterable[str], words: str, person_id: int) -> Person:
    """Return one person who was found, or who waits for a place; raises NotFound (R56)."""
    if _states(activity_id).get(person_id) == "waiting":
        return people.get(person_id)
    for one in found(activity_id, paths, words):
        if one.person.id == person_id:
            return one.person
    raise NotFound(_("There is no such person, or they are not one of yours."))


def _states(activity_id: int) -> dict[int, str]:
    roster = queries.roster(activity_id)
    states = {one.person_id: "waiting" for one in roster.waiting}
    for line in roster.lines:
        states[line.coming.person_id] = "in" if line.came else "expected"
    return states


def _phone(words: str) -> str:
    try:
        return text.normalise_phone(words)
    except ValueError:
        return ""
