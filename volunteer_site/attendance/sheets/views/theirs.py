"""A sheet through the roles of the visitor: another community's number is not there (R56)."""

from dataclasses import dataclass

from volunteer_site.activities import queries as activities
from volunteer_site.activities.models import Activity
from volunteer_site.attendance.sheets import numbers, queries
from volunteer_site.attendance.sheets.models import Sheet
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person


@dataclass(frozen=True)
class Paper:
    """A sheet with its activity, for the pages about it."""

    sheet: Sheet
    activity: Activity

    @property
    def number(self) -> str:
        """Return the sheet's number as it stands in addresses."""
        return self.sheet.number

    @property
    def spaced(self) -> str:
        """Return the sheet's number as it stands on the paper."""
        return numbers.spaced(self.sheet.number)

    @property
    def here(self) -> str:
        """Return the address of the sheet's page on the desk."""
        return f"/desk/sheets/{self.sheet.number}"


def paths() -> tuple[str, ...]:
    """Return where the visitor is a coordinator."""
    return current_person().paths(RoleName.COORDINATOR)


def paper(number: str) -> Paper:
    """Return the sheet of that number; raises NotFound."""
    sheet = queries.theirs(paths(), number)
    return Paper(
        sheet, activities.theirs(current_person(), sheet.activity_id, RoleName.COORDINATOR)
    )
