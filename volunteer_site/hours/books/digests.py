"""What is hashed when a book is signed off and when it is sealed; see `hours.digests`."""

from datetime import datetime
from typing import NamedTuple

from volunteer_site.hours.books.contents import in_books
from volunteer_site.hours.digests import Hashed, hash_entries


class Who(NamedTuple):
    """Who did it, and when."""

    at: datetime
    by_id: int


class Contents(NamedTuple):
    """A book's entries, hashed."""

    recorder_id: int
    month: str
    hashed: Hashed

    @property
    def signed(self) -> str:
        """Return the digest that a sign-off keeps."""
        return self.hashed.with_facts(self._facts())

    def sealed(self, signed_off: Who, sealed: Who) -> str:
        """Return the digest that the seal keeps."""
        return self.hashed.with_facts([*self._facts(), *signed_off, *sealed])

    def _facts(self) -> list[object]:
        return [self.recorder_id, self.month, self.hashed.entries, self.hashed.minutes]


def contents(recorder_id: int, month: str) -> Contents:
    """Read and hash what is in a book now."""
    return Contents(recorder_id, month, hash_entries(in_books([recorder_id], month)))
