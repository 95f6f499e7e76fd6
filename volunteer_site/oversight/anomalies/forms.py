"""What the office types about a finding: words, a reason, the numbers of a rule."""

from collections.abc import Collection, Mapping
from typing import Any

from wtforms import BooleanField, IntegerField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from volunteer_site.core.forms import Form
from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import lazy_gettext as _l
from volunteer_site.oversight.anomalies import words
from volunteer_site.oversight.anomalies.entries import Entry
from volunteer_site.oversight.anomalies.models import WORDS_LENGTH
from volunteer_site.oversight.anomalies.rules import Rule

TEXT = Length(max=WORDS_LENGTH)


class FineForm(Form):
    """Why nothing is wrong."""

    words = TextAreaField(
        _l("Why it is fine"), [Optional(), TEXT],
        description=_l("Whoever looks later reads this. The same pattern is not found again."),
    )  # fmt: skip


class ReversalForm(Form):
    """Which entries are taken back, and why."""

    entries = SelectMultipleField(
        _l("Entries to take back"), [InputRequired(_l("Choose at least one entry."))],
        coerce=int, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(),
    )  # fmt: skip
    reason = TextAreaField(
        _l("Reason"), [DataRequired(_l("Write the reason.")), TEXT],
        description=_l("The person reads this beside the entry in their hours."),
    )  # fmt: skip

    def offer(self, rows: Collection[Entry], label: Any) -> "ReversalForm":
        """Offer these entries to choose from, all of them chosen at first."""
        self.entries.choices = [SelectChoice(row.number, label(row)) for row in rows]
        return self


def rule_form(rule: Rule, numbers: Mapping[str, int], *, on: bool, given: Any = None) -> Form:
    """Return the form of a rule: a field for each of its numbers, and whether it is looked for."""
    fields: dict[str, Any] = {
        name: IntegerField(
            words.NUMBERS[rule.kind, name],
            [
                InputRequired(_l("Write a whole number.")),
                NumberRange(number.least, number.most),
            ],
            description=_("From %(least)s to %(most)s, usually %(usual)s.", **number._asdict()),
        )
        for name, number in rule.numbers.items()
    }
    fields["on"] = BooleanField(_l("Switched on"))
    form: Form = type("RuleForm", (Form,), fields)(given, data={**numbers, "on": on})
    return form
