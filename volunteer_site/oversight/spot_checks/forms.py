"""What people type: which month to draw, what was found, a remark on the whole."""

from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from volunteer_site.core import dates
from volunteer_site.core.forms import Form
from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import lazy_gettext as _l
from volunteer_site.oversight.spot_checks.models import WORDS_LENGTH, Result, SpotCheckLine
from volunteer_site.oversight.spot_checks.services import Finding

RESULTS = {
    Result.RIGHT: _l("right"),
    Result.WRONG: _l("wrong"),
    Result.UNKNOWN: _l("cannot say"),
}
TEXT = Length(max=WORDS_LENGTH)


class DrawForm(Form):
    """Which month, and how many of a hundred."""

    month = SelectField(_l("Recorded in"), [InputRequired(_l("Choose a month."))])
    percent = IntegerField(
        _l("So many of a hundred"),
        [InputRequired(_l("Write a whole number.")), NumberRange(1, 100)],
        description=_l("Of every community at least one entry."),
    )

    def offer(self, months: Iterable[str]) -> "DrawForm":
        """Offer the months that are sealed to their end."""
        self.month.choices = [SelectChoice(one, dates.show_month(one)) for one in months]
        return self


class LineForm(Form):
    """What was found about one entry."""

    result = RadioField(
        _l("Found"), [Optional()], choices=[SelectChoice(one, RESULTS[one]) for one in Result]
    )
    words = StringField(_l("Words"), [TEXT])

    def validate_words(self, field: Any) -> None:
        """Ask what is wrong where something is."""
        if self.result.data == Result.WRONG and not field.data:
            raise ValidationError(_("Write what is wrong."))


class PublicationForm(Form):
    """A remark on the whole, for everybody to read."""

    remark = TextAreaField(
        _l("Remark"), [Optional(), TEXT], description=_l("Everybody of the district reads it.")
    )


def line_forms(lines: Iterable[SpotCheckLine], given: Any = None) -> dict[int, LineForm]:
    """Return a form for each line, filled in with what was found before."""
    return {
        line.id: LineForm(
            given, prefix=f"line-{line.id}-", data={"result": line.result, "words": line.words}
        )
        for line in lines
    }


def findings(forms: Mapping[int, LineForm]) -> dict[int, Finding]:
    """Return what was found, of those lines where something was chosen."""
    return {
        number: Finding(form.result.data, form.words.data or "")
        for number, form in forms.items()
        if form.result.data
    }
