"""What is posted: the facts of a service, and what each person gave in it."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Facts:
    """What a service was, as the record keeps it for ever (R1); `service_date` is local."""

    source_id: int
    title: str
    category: str
    place: str
    content: str
    service_date: date
    starts_at: datetime
    ends_at: datetime
    organiser: str
    leader: str
    source: str = "activity"


@dataclass(frozen=True)
class Credit:
    """What one person gave in it: from when to when, and the minutes that count."""

    person_id: int
    recorder_id: int
    unit_id: int | None
    source_id: int
    proof: str
    started_at: datetime
    ended_at: datetime
    minutes: int
    recorded_by_id: int | None
    source: str = "attendance"
