"""What the demo tells, done again by the services that people use, in its order."""

from volunteer_site.activities.plans import DESCRIBED, Plan, ShiftPlan
from volunteer_site.activities.services import activities
from volunteer_site.attendance import services as door
from volunteer_site.demo.people_rows import contact, words
from volunteer_site.signups import queries, services


def announce(held, ids):
    """Draft and publish the activity; returns its id and the ids of its shifts."""
    leader = ids.leaders[held.community]
    said = words(held.occasion) | {"contact": contact(ids, held.community), "break_minutes": 0}
    shifts = tuple(ShiftPlan(s.starts_at, s.ends_at, s.places, s.name) for s in held.stints)
    plan = Plan({name: said[name] for name in DESCRIBED}, shifts)
    programme = ids.programmes.get((held.community, held.programme))
    origin = activities.Origin(
        ids.communities[held.community], programme, held.on if programme else None
    )
    activity = activities.create(origin, plan, by_id=leader, now=held.published_at)
    activities.publish(activity, by_id=leader, now=held.published_at)
    return activity


def sign_up(held, activity):
    """Let everybody sign up, wait and withdraw, one after the other."""
    shifts = queries.offers(activity.id, None).shifts
    steps = []
    for stint, shift in zip(held.stints, shifts, strict=True):
        for turn in stint.turns:
            steps.append((turn.signed_up_at, 0, turn, shift.shift_id))
            if turn.withdrawn_at:
                steps.append((turn.withdrawn_at, 1, turn, shift.shift_id))
    for now, leaves, turn, shift_id in sorted(steps, key=lambda step: step[:2]):
        if leaves:
            signup = queries.standing(turn.person, activity.id)
            services.withdraw(signup, turn.reason, free_until=activity.starts_at, now=now)
        else:
            _take_or_wait(activity.id, turn.person, shift_id, now)


def _take_or_wait(activity_id, person, shift_id, now):
    found = queries.offers(activity_id, person)
    offer = services.allow(found, shift_id, now)
    act = services.join_waitlist if offer.full else services.take_place
    act(offer, person, activity_id, now=now)


def cancel(held, activity, ids):
    leader = ids.leaders[held.community]
    activities.cancel(activity, held.cancellation_reason, by_id=leader, now=held.cancelled_at)


def open_door(held, activity, ids):
    """Let everybody scan or be ticked who came, and scan on the way out who did."""
    leader = ids.leaders[held.community]
    for turn in (turn for stint in held.stints for turn in stint.turns if turn.came_at):
        by = leader if turn.came_by != "scan" else None
        came = door.Seen(turn.came_by, turn.came_at, by, _phone(turn))
        door.check_in(activity.id, turn.person, came, now=turn.came_at)
        if turn.left_at:
            left = door.Seen("scan", turn.left_at, device=turn.device)
            door.check_out(activity.id, turn.person, left, now=turn.left_at)


def _phone(turn):
    return turn.device if turn.came_by == "scan" else None


def close(held, activity_id, ids):
    door.close(activity_id, by_id=ids.leaders[held.community], now=held.closed_at)
