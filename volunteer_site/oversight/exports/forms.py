"""Which days an officer wants exported and what for."""

from datetime import date, timedelta
from typing import Any

from wtforms import DateField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from volunteer_site.core import text
from volunteer_site.core.forms import Form
from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import lazy_gettext as _l
from volunteer_site.oversight.exports.models import CODE_LENGTH, REASON_LENGTH

MOST = timedelta(days=366)


class ExportForm(Form):
    """The days, and the purpose that the audit log keeps."""

    first = DateField(_l("From"), [InputRequired(_l("Choose the first day."))])
    last = DateField(_l("Until"), [InputRequired(_l("Choose the last day."))])
    reason = StringField(
        _l("Purpose"),
        [InputRequired(_l("Write what it is for.")), Length(max=REASON_LENGTH)],
        description=_l("Kept in the audit log with your name."),
    )

    def validate_last(self, field: Any) -> None:
        """Refuse a period that ends before it begins, or is longer than a year."""
        first: date | None = self.first.data
        if field.data and first and field.data < first:
            raise ValidationError(_("The last day is before the first one. Choose a later one."))
        if field.data and first and field.data - first >= MOST:
            raise ValidationError(_("At most a year at a time. Export the rest separately."))

    def days(self) -> tuple[date, date]:
        """Return the first and the last day."""
        return self.first.data, self.last.data


class FileForm(Form):
    """Which file is fetched."""

    kind = SelectField(
        _l("File"),
        [InputRequired()],
        choices=[
            SelectChoice("xlsx", _l("Everything (XLSX)")),
            SelectChoice("people", _l("People (CSV)")),
            SelectChoice("services", _l("Services (CSV)")),
        ],
    )


def code_of(typed: str) -> str:
    """Return a code as it is kept: without what nobody sees, not too long."""
    return text.tidy(typed)[:CODE_LENGTH]
