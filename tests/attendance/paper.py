"""A coordinator with a sheet: print it, read it off, enter it."""

from datetime import timedelta

from tests.attendance.scene import ENDS, Scene, desk
from volunteer_site.attendance.models import Attendance
from volunteer_site.attendance.sheets.models import Sheet, SheetRow

MONDAY = ENDS + timedelta(days=2, hours=14)  # 9:00 in Shanghai
NAMES = ("于洋", "王小二", "李雷", "欧阳少东", "孙小兰")


class PaperScene(Scene):
    """Friday's activity with five people who have a place; it is Monday after the printing."""

    def __init__(self, app, make, client_for, clock):
        super().__init__(app, make, client_for)
        self.clock = clock
        self.people = {name: make.person(name=name, phone="13800138000") for name in NAMES}
        for person in self.people.values():
            make.signup(self.activity, person)
        self.bob = make.coordinator(self.community, name="李兵")

    def printed(self, by=None, **data):
        """Print a sheet; return its number."""
        address = f"/print/sign-in-sheets/{self.activity.id}"
        answer = self.client_for(by or self.ann).post(address, data=data)
        assert answer.status_code == 303, answer.text
        return answer.location.rpartition("/")[2]

    def monday(self):
        self.clock.move_to(MONDAY, tick=False)

    def enter(self, number, by=None, **fields):
        """Send the form; fields such as came_3="18:05" belong to row 3."""
        data = {name.replace("_", "-"): value for name, value in fields.items()}
        return self.client_for(by or self.ann).post(f"/desk/sheets/{number}/entries", data=data)

    def row_of(self, name):
        """Return the number of the row in which a name is printed."""
        return next(r.number for r in self.rows(SheetRow) if r.person_id == self.people[name].id)

    def close(self):
        return self.client_for(self.ann).post(desk(self.activity, "/closing"))

    def standing(self):
        """Return the marks that stand: (who, direction, method, when)."""
        return {
            (mark.person_id, mark.direction): mark
            for mark in self.rows(Attendance)
            if mark.undone_at is None
        }

    def sheets(self):
        return self.rows(Sheet)
