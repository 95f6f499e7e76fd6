"""What a coordinator says about somebody whom nobody ticked."""

from datetime import datetime, time, timedelta
from typing import Any

from wtforms import FileField, SelectField, TextAreaField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from volunteer_site.activities.models import Shift
from volunteer_site.attendance.late.models import REASON_LENGTH
from volunteer_site.core import dates
from volunteer_site.core.forms import Form
from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import lazy_gettext as _l

ACCEPTED = "image/jpeg,image/png,image/webp,application/pdf"


class LateForm(Form):
    """From when to when somebody was there, why it is said only now, and what shows it."""

    shift_id = SelectField(_l("Shift"), [InputRequired()], coerce=int)
    came = TimeField(_l("Came at"), [InputRequired()])
    left = TimeField(_l("Left at"), [InputRequired()])
    reason = TextAreaField(
        _l("Why it is entered only now"),
        [InputRequired()],
        description=_l("The second person and the volunteer read this."),
        render_kw={"rows": 3, "maxlength": REASON_LENGTH},
    )
    evidence = FileField(
        _l("Photo or PDF that shows it"),
        [InputRequired(_l("Choose a photo or a PDF."))],
        description=_l(
            "Such as the paper sheet or a group photo; up to 12 MB, a PDF up to 5 MB. Where the "
            "photo was taken is removed from it."
        ),
        render_kw={"accept": ACCEPTED},
    )

    def __init__(self, given: Any, shifts: list[Shift]) -> None:
        begins, ends = (dates.local(at) for at in (shifts[0].starts_at, shifts[0].ends_at))
        super().__init__(given, came=begins.time(), left=ends.time(), shift_id=shifts[0].id)
        self._shifts = {shift.id: shift for shift in shifts}
        self.shift_id.choices = [SelectChoice(one.id, _named(one)) for one in shifts]

    @property
    def shift(self) -> Shift:
        """Return the shift that was chosen."""
        return self._shifts[self.shift_id.data]

    def moment(self, at: time) -> datetime:
        """Return a time of day as a moment of the shift, of the next day after midnight."""
        begins = dates.local(self.shift.starts_at)
        found = dates.utc(datetime.combine(begins.date(), at))
        after = found + timedelta(days=1)
        return after if after <= self.shift.ends_at else found


def _named(shift: Shift) -> str:
    name = shift.name or _("Volunteers")
    return f"{name} {dates.show_span(shift.starts_at, shift.ends_at)}"
