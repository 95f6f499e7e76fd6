"""Badges and awards of the demo as rows of their tables; rolls are in `roll_rows`."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from volunteer_site.demo.bulk import Writer
from volunteer_site.demo.people_rows import Numbers
from volunteer_site.demo.roll_rows import Rolls
from volunteer_site.hours.queries import Entry
from volunteer_site.recognition.badges import lives, queries
from volunteer_site.recognition.badges.models import Award, AwardEntry
from volunteer_site.recognition.badges.rules import Earned, Rulebook
from volunteer_site.recognition.badges.services import load_catalogue

AT_ONCE = 1000  # people whose lives are looked up in one statement

ByPerson = dict[int, list[Entry]]


@dataclass(slots=True)
class Honours:
    """Collects the hours of a district; in the end writes what they are honoured with."""

    writer: Writer
    ids: Numbers
    district: int
    now: datetime
    of_person: ByPerson = field(default_factory=lambda: defaultdict(list))

    def add(self, entry: Entry) -> None:
        """Remember one entry of the ledger."""
        self.of_person[entry.person_id].append(entry)

    def write(self) -> None:
        """Write awards and the rolls of the months that are over."""
        load_catalogue(self.now)
        self._write_awards(queries.rulebook())
        Rolls(self.writer, self.ids, self.district, self.now).write(self.of_person)

    def _write_awards(self, book: Rulebook) -> None:
        people = list(self.of_person)
        for start in range(0, len(people), AT_ONCE):
            some = {one: self.of_person[one] for one in people[start : start + AT_ONCE]}
            around = lives.around(book, some)
            for person, history in some.items():
                for got in book.earned(history, around[person]):
                    self._write_award(got)

    def _write_award(self, got: Earned) -> None:
        row = {
            "badge_id": got.badge_id, "person_id": got.person_id, "period": got.period,
            "earned_on": got.entry.service_date, "awarded_at": got.entry.recorded_at,
        }  # fmt: skip
        award = self.writer.add(Award, row)
        for entry in got.entries:
            self.writer.add(AwardEntry, {"award_id": award, "entry_id": entry})
