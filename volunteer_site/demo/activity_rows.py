"""Activities of the demo as rows: notices, shifts, sign-ups, the door, the ledger of hours."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from volunteer_site.activities.models import Activity, Shift
from volunteer_site.attendance.models import Attendance
from volunteer_site.core import dates
from volunteer_site.demo.bulk import Writer
from volunteer_site.demo.crowd import NOBODY
from volunteer_site.demo.history import Held, Scene, Stint, Turn
from volunteer_site.demo.people_rows import Numbers, contact, words
from volunteer_site.hours.models import HourEntry, MonthlyTotal, ServiceRecord
from volunteer_site.hours.queries import Entry
from volunteer_site.signups.absences import rule
from volunteer_site.signups.absences.models import NoShow
from volunteer_site.signups.models import Signup

PROOFS = {"scan": "scanned", "tick": "ticked", "paper": "paper"}


@dataclass(slots=True)
class Books:
    """Writes activities and what came of them, and adds up the months."""

    writer: Writer
    scene: Scene
    ids: Numbers
    totals: dict[tuple[int, int, str], list[int]] = field(default_factory=dict)

    def write(self, held: Held) -> Iterator[Entry]:
        """Write one activity with everything that hangs on it; yield the hours it gave."""
        activity = self.writer.add(Activity, self._activity(held))
        doors = [door for stint in held.stints for door in self._stint(activity, held, stint)]
        if held.closed_at is None:
            return
        if doors:
            self._no_shows(activity, held)
        record = 0
        for stint, turn, came in doors:
            record = record or self._record(activity, held)
            entry = self._entry(held, stint, turn, (came, record))
            yield entry._replace(activity_id=activity)

    def write_totals(self) -> None:
        """Write the monthly totals of everything written so far."""
        for (person, recorder, month), (minutes, occasions) in self.totals.items():
            row = {"person_id": person, "recorder_id": recorder, "month": month}
            self.writer.add(MonthlyTotal, row | {"minutes": minutes, "occasions": occasions})
        self.totals.clear()

    def _activity(self, held: Held) -> dict[str, Any]:
        leader = self.ids.leaders[held.community]
        programme = self.ids.programmes.get((held.community, held.programme or 0))
        programme = programme if held.programme is not None else None
        row: dict[str, Any] = words(held.occasion) | {
            "organisation_id": self.ids.communities[held.community], "leader_id": leader,
            "programme_id": programme, "occurrence_on": held.on if programme else None,
            "starts_at": held.starts_at, "ends_at": held.ends_at, "service_date": held.on,
            "week": dates.week_of(held.on), "signup_closes_at": held.starts_at,
            "created_at": held.published_at, "created_by_id": leader,
            "published_at": held.published_at, "published_by_id": leader,
            "contact": contact(self.ids, held.community),
        }  # fmt: skip
        if held.cancelled_at:
            row |= {"cancelled_at": held.cancelled_at, "cancelled_by_id": leader}
            row["cancellation_reason"] = held.cancellation_reason
        if held.closed_at:
            row |= {"closed_at": held.closed_at, "closed_by_id": leader}
        return row

    def _stint(self, activity: int, held: Held, stint: Stint) -> Iterator[tuple[Stint, Turn, int]]:
        """Write a shift, its sign-ups and who came; yield those who came."""
        span = {"starts_at": stint.starts_at, "ends_at": stint.ends_at}
        waiting = sum(1 for turn in stint.turns if not (turn.confirmed_at or turn.withdrawn_at))
        row = {
            "activity_id": activity, "name": stint.name, "places": stint.places,
            "taken": sum(turn.standing for turn in stint.turns), "waiting": waiting,
        }  # fmt: skip
        shift = self.writer.add(Shift, row | span)
        for turn in stint.turns:
            common = {"activity_id": activity, "shift_id": shift, "person_id": turn.person}
            self.writer.add(Signup, common | span | _signup(turn))
            if turn.came_at is not None:
                yield stint, turn, self._door(common, held, turn, stint)

    def _no_shows(self, activity: int, held: Held) -> None:
        """Write who had a place, could know of it, and stayed away (R16)."""
        facts = {"activity_id": activity, "service_date": held.on, "noted_at": held.closed_at}
        for stint in held.stints:
            for turn in stint.turns:
                if turn.standing and not turn.came_at and _could_know(turn, stint):
                    self.writer.add(NoShow, facts | {"person_id": turn.person})

    def _door(self, common: dict[str, Any], held: Held, turn: Turn, stint: Stint) -> int:
        """Write who came in and out; return the id of the mark for coming in."""
        leader = self.ids.leaders[held.community]
        by = leader if turn.came_by != "scan" else None
        mark = {"direction": "in", "method": turn.came_by, "recorded_by_id": by}
        moment = {"happened_at": turn.came_at, "recorded_at": turn.came_at}
        scanned = {"device": turn.device}
        phone = scanned if turn.came_by == "scan" else {}
        came = self.writer.add(Attendance, common | mark | moment | phone)
        if turn.left_at is not None:
            mark = {"direction": "out", "method": "scan", "recorded_by_id": None}
            moment = {"happened_at": turn.left_at, "recorded_at": turn.left_at}
            self.writer.add(Attendance, common | mark | moment | scanned)
        elif held.closed_at is not None:
            mark = {"direction": "out", "method": "closing", "recorded_by_id": leader}
            moment = {"happened_at": stint.ends_at, "recorded_at": held.closed_at}
            self.writer.add(Attendance, common | mark | moment)
        return came

    def _record(self, activity: int, held: Held) -> int:
        occasion = held.occasion
        row = {
            "source": "activity", "source_id": activity, "title": occasion.title,
            "category": occasion.category, "place": occasion.place, "content": occasion.content,
            "service_date": held.on, "starts_at": held.starts_at, "ends_at": held.ends_at,
            "organiser": self.ids.names[held.community],
            "leader": self.ids.leader_names[held.community], "recorded_at": held.closed_at,
        }  # fmt: skip
        return self.writer.add(ServiceRecord, row)

    def _entry(self, held: Held, stint: Stint, turn: Turn, sources: tuple[int, int]) -> Entry:
        started_at, ended_at = _served(stint, turn)
        minutes = int((ended_at - started_at).total_seconds()) // 60
        recorder, unit = self.ids.communities[held.community], self._unit(turn.person)
        month = dates.month_of(held.on)
        row = {
            "person_id": turn.person, "recorder_id": recorder, "unit_id": unit,
            "service_id": sources[1], "source": "attendance", "source_id": sources[0],
            "kind": "credit", "proof": PROOFS[turn.came_by], "service_date": held.on,
            "month": month, "started_at": started_at, "ended_at": ended_at, "minutes": minutes,
            "recorded_at": held.closed_at, "recorded_by_id": self.ids.leaders[held.community],
        }  # fmt: skip
        entry = self.writer.add(HourEntry, row)
        total = self.totals.setdefault((turn.person, recorder, month), [0, 0])
        total[0] += minutes
        total[1] += 1
        return Entry(
            id=entry, person_id=turn.person, recorder_id=recorder, unit_id=unit,
            category=held.occasion.category, service_date=held.on, started_at=started_at,
            minutes=minutes, recorded_at=held.closed_at or ended_at,
            proof=PROOFS[turn.came_by], title=held.occasion.title,
        )  # fmt: skip

    def _unit(self, person: int) -> int | None:
        unit = self.scene.crowd.unit_of(person)
        return self.ids.units[unit] if unit != NOBODY else None


def _signup(turn: Turn) -> dict[str, Any]:
    return {
        "signed_up_at": turn.signed_up_at, "confirmed_at": turn.confirmed_at,
        "withdrawn_at": turn.withdrawn_at, "withdrawal_reason": turn.reason,
    }  # fmt: skip


def _could_know(turn: Turn, stint: Stint) -> bool:
    confirmed_at = turn.confirmed_at or stint.starts_at
    return rule.could_know(turn.signed_up_at, confirmed_at, stint.starts_at)


def _served(stint: Stint, turn: Turn) -> tuple[datetime, datetime]:
    """Return from when to when somebody served: what lies inside the shift (R5)."""
    came = max(turn.came_at or stint.starts_at, stint.starts_at)
    left = min(turn.left_at or stint.ends_at, stint.ends_at)
    return came, max(came, left)
