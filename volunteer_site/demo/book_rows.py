"""Months of the demo that are signed off and sealed, as rows of their tables."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from volunteer_site.core import dates
from volunteer_site.demo.bulk import Writer
from volunteer_site.demo.people_rows import Numbers
from volunteer_site.hours.books.digests import Contents, Who, contents
from volunteer_site.hours.books.models import BookSeal, BookSignOff
from volunteer_site.hours.books.queries import LOOKED_BACK

SIGNED = timedelta(days=2, hours=9, minutes=30)  # after the month
SEALED = timedelta(days=12, hours=10)
MANY = 6  # of the last month, so many communities have one that is late, and two not sealed yet


@dataclass(frozen=True, slots=True)
class Months:
    """Signs off and seals the last twelve months; the very last is still on its way."""

    writer: Writer
    ids: Numbers
    now: datetime

    def write(self) -> None:
        """Write the sign-offs and seals of all communities; their entries are written already."""
        this_month = dates.month_of(dates.today(self.now))
        for back in range(LOOKED_BACK, 0, -1):
            for place in range(len(self.ids.communities)):
                if back > 1 or place % MANY:
                    self._write_book(dates.add_months(this_month, -back), place)

    def _write_book(self, month: str, place: int) -> None:
        ends_at = dates.month_bounds(month)[1]
        signed = Who(ends_at + SIGNED + timedelta(minutes=place), self.ids.leaders[place])
        sealed = Who(ends_at + SEALED + timedelta(seconds=place), self.ids.officer)
        found = contents(self.ids.communities[place], month)
        if signed.at > self.now or not found.hashed.entries:
            return
        number = self._sign(found, signed)
        last = dates.add_months(month, 1) == dates.month_of(dates.today(self.now))
        if sealed.at <= self.now and not (last and place % MANY <= 2):  # noqa: PLR2004
            self._seal(found, number, signed, sealed)

    def _sign(self, found: Contents, signed: Who) -> int:
        row = {
            "recorder_id": found.recorder_id, "month": found.month, "digest": found.signed,
            "entries": found.hashed.entries, "minutes": found.hashed.minutes,
            "signed_off_at": signed.at, "signed_off_by_id": signed.by_id,
        }  # fmt: skip
        return self.writer.add(BookSignOff, row)

    def _seal(self, found: Contents, number: int, signed: Who, sealed: Who) -> None:
        row = {
            "recorder_id": found.recorder_id, "month": found.month, "sign_off_id": number,
            "until_at": signed.at, "digest": found.sealed(signed, sealed),
            "sealed_at": sealed.at, "sealed_by_id": sealed.by_id,
        }  # fmt: skip
        self.writer.add(BookSeal, row)
