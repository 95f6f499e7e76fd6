"""Places and people of the demo as rows of their tables."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import chain, pairwise

from volunteer_site.activities.models import Programme
from volunteer_site.core import dates, pinyin
from volunteer_site.demo.bulk import Writer
from volunteer_site.demo.crowd import NOBODY, Member
from volunteer_site.demo.history import Scene
from volunteer_site.demo.places import District
from volunteer_site.demo.population import ADULT, phone
from volunteer_site.demo.programmes import Occasion
from volunteer_site.organisations.models import Organisation, Pairing
from volunteer_site.people import queries as people
from volunteer_site.people.models import Consent, ConsentKind, Guardian, Person, Role, RoleName

NOTICE = (
    "title", "category", "place", "content", "conditions", "how_to_sign_up", "risks", "provided",
    "minimum_age",
)  # fmt: skip
OWN_CONSENT = 14
LETS_NAME_BE_PUBLISHED = 0.85
DESKS = 90_000_000  # phones of communities are counted from here
COORDINATOR_AGE = range(26, 58)


@dataclass(slots=True)
class Numbers:
    """The ids that the rows of a district have been given."""

    organisation: dict[str, int] = field(default_factory=dict)
    communities: list[int] = field(default_factory=list)
    units: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)  # of the communities
    unit_names: list[str] = field(default_factory=list)
    leaders: list[int] = field(default_factory=list)  # coordinators of the communities
    leader_names: list[str] = field(default_factory=list)
    liaisons: dict[int, int] = field(default_factory=dict)  # by number of the unit
    officer: int = 0
    programmes: dict[tuple[int, int], int] = field(default_factory=dict)


def write_places(writer: Writer, district: District, since: datetime) -> Numbers:
    """Write the tree and the pairings of a district."""
    ids, paths = Numbers(), {"": "/"}
    for place in district.places():
        letters, initials = pinyin.search_keys(place.name)
        number = writer.next_id(Organisation)
        paths[place.slug] = f"{paths[place.parent or '']}{number}/"
        row = {
            "kind": place.kind, "slug": place.slug, "name": place.name,
            "parent_id": ids.organisation.get(place.parent or ""), "path": paths[place.slug],
            "pinyin": letters, "initials": initials, "address": place.address,
            "phone": phone(DESKS + number) if place.kind == "community" else "",
            "staff_count": place.staff or None, "created_at": since,
        }  # fmt: skip
        ids.organisation[place.slug] = writer.add(Organisation, row)
    for paired in district.pairings:
        unit, community = ids.organisation[paired.unit], ids.organisation[paired.community]
        row = {"unit_id": unit, "community_id": community, "created_at": since}
        writer.add(Pairing, row | {"starts_on": paired.since})
    ids.communities = [ids.organisation[place.slug] for place in district.communities]
    ids.names = [place.name for place in district.communities]
    ids.unit_names = [place.name for place in district.units]
    ids.units = [ids.organisation[place.slug] for place in district.units]
    return ids


def write_people(
    writer: Writer, scene: Scene, ids: Numbers, everybody: Iterable[Member], version: str
) -> None:
    """Write people with their consents and guardians, and let those who have no desk join in.

    The first grown-up of each community is its coordinator, the next of the first community
    the officer; they lead and do not earn hours themselves (R22), and share no phone.
    """
    rng, before = scene.rng("consents"), None
    for member, following in pairwise(chain(everybody, [None])):
        if member is None:
            break
        _write_person(writer, ids, member, version, agrees=rng.random() < LETS_NAME_BE_PUBLISHED)
        if member.resident.guardian is not None and before is not None:
            _write_guardian(writer, member, before, version)
        shares = following is not None and following.resident.phone == member.resident.phone
        if not shares and _given_a_desk(writer, scene, ids, member):
            scene.crowd.count(member)
        else:
            scene.crowd.add(member)
        before = member


def write_programmes(writer: Writer, scene: Scene, ids: Numbers, since: datetime) -> None:
    """Write what communities do every week; what comes less often is posted by hand."""
    for community, occasions in enumerate(scene.occasions):
        for number, occasion in enumerate(occasions):
            if occasion.every == 1:
                row = words(occasion) | {
                    "organisation_id": ids.communities[community],
                    "leader_id": ids.leaders[community], "weekday": occasion.weekday,
                    "starts_minute": occasion.starts_minute, "places": occasion.places,
                    "lasts_minutes": occasion.lasts_minutes, "created_at": since,
                    "contact": contact(ids, community),
                }  # fmt: skip
                ids.programmes[community, number] = writer.add(Programme, row)


def words(occasion: Occasion) -> dict[str, str | int]:
    """Return what a notice says (R15), by the names of the columns."""
    return {name: getattr(occasion, name) for name in NOTICE}


def contact(ids: Numbers, community: int) -> str:
    """Return whom people may call about an activity."""
    return f"{ids.leader_names[community]} {phone(DESKS + ids.communities[community])}"


def _write_person(
    writer: Writer, ids: Numbers, member: Member, version: str, *, agrees: bool
) -> None:
    resident, at = member.resident, _morning(member.since)
    letters, initials = pinyin.name_keys(resident.name)
    row = {
        "id": resident.number, "number": f"V{member.since:%y}{resident.number:08}",
        "name": resident.name, "pinyin": letters, "initials": initials,
        "phone": resident.phone, "birth_date": resident.born, "created_at": at,
        "community_id": ids.communities[member.community],
        "unit_id": ids.units[member.unit] if member.unit != NOBODY else None,
    }  # fmt: skip
    writer.add(Person, row)
    age = people.age(resident.born, member.since)
    kinds = [ConsentKind.NOTICE]
    kinds += [ConsentKind.PUBLISH_NAME] if agrees and age >= ADULT else []
    kinds += [ConsentKind.UNDER_14] if age < OWN_CONSENT else []
    given_by = "guardian" if age < ADULT else "self"
    for kind in kinds:
        consent = {"person_id": resident.number, "kind": kind, "version": version}
        writer.add(Consent, consent | {"given_at": at, "given_by": given_by})


def _write_guardian(writer: Writer, member: Member, guardian: Member, version: str) -> None:
    row = {
        "person_id": member.resident.number, "name": guardian.resident.name,
        "phone": guardian.resident.phone, "version": version,
        "consented_at": _morning(member.since),
    }  # fmt: skip
    writer.add(Guardian, row)


def _given_a_desk(writer: Writer, scene: Scene, ids: Numbers, member: Member) -> bool:
    """Give the person a role if their community or unit still needs one; say if it keeps them."""
    age = people.age(member.resident.born, member.since)
    opened = scene.begin if member.community else scene.founded
    if age not in COORDINATOR_AGE or member.since > opened:
        return False
    number, since = member.resident.number, _morning(opened)
    if member.unit != NOBODY:
        if member.unit not in ids.liaisons:
            ids.liaisons[member.unit] = number
            _grant(writer, number, ids.units[member.unit], RoleName.LIAISON, since)
        return False
    if len(ids.leaders) == member.community:
        ids.leaders.append(number)
        ids.leader_names.append(member.resident.name)
        _grant(writer, number, ids.communities[member.community], RoleName.COORDINATOR, since)
        return True
    if not ids.officer:
        ids.officer = number
        top = ids.organisation[scene.district.top.slug]
        _grant(writer, number, top, RoleName.OFFICER, since)
        return True
    return False


def _grant(writer: Writer, person: int, organisation: int, name: str, since: datetime) -> None:
    row = {"person_id": person, "organisation_id": organisation, "name": name}
    writer.add(Role, row | {"granted_at": since})


def _morning(day: date) -> datetime:
    return dates.utc(datetime.combine(day, time(9, 30)))
