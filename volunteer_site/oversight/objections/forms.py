"""What people type to object, and what those who answer type."""

from typing import Any

from wtforms import DateField, HiddenField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from volunteer_site.core.forms import Form
from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import lazy_gettext as _l
from volunteer_site.oversight.objections.missing import Search
from volunteer_site.oversight.objections.models import MOST_MINUTES, SENTENCE, WORDS_LENGTH, Wish
from volunteer_site.oversight.objections.services import Said
from volunteer_site.oversight.words import WISHES

TEXT = Length(max=WORDS_LENGTH)


class ObjectionForm(Form):
    """What is wrong with an entry."""

    wish = RadioField(
        _l("What is wrong?"),
        [InputRequired(_l("Choose what is wrong."))],
        choices=[SelectChoice(one, WISHES[one]) for one in (Wish.MINUTES, Wish.ABSENT, Wish.OTHER)],
    )
    minutes = IntegerField(
        _l("How many minutes are right?"), [Optional(), NumberRange(0, MOST_MINUTES)],
        description=_l("Only if the minutes are wrong."),
    )  # fmt: skip
    words = TextAreaField(
        _l("In your words"), [Optional(), TEXT],
        description=_l("What happened, and who can confirm it."),
    )  # fmt: skip

    def validate_minutes(self, field: Any) -> None:
        """Ask for the right minutes where they are what is wrong; they may not be the same."""
        if self.wish.data == Wish.MINUTES and field.data == self.counted:
            raise ValidationError(_("So many minutes are entered already."))

    def validate_wish(self, field: Any) -> None:
        """Ask for what the choice needs."""
        if field.data == Wish.MINUTES and self.minutes.data is None:
            raise ValidationError(_("Write how many minutes are right."))
        if field.data == Wish.OTHER and not self.words.data:
            raise ValidationError(_("Say in your words what is wrong."))

    counted: int | None = None  # the minutes that count now

    def said(self) -> Said:
        """Return what was said; minutes only where they are what is wrong."""
        minutes = self.minutes.data if self.wish.data == Wish.MINUTES else None
        return Said(self.wish.data, minutes, self.words.data or "")


class SearchForm(Form):
    """Which activity is missing."""

    q = StringField(_l("Name of the activity"), [Optional(), Length(max=60)])
    day = DateField(_l("Day"), [Optional()])
    community = StringField(_l("Community"), [Optional(), Length(max=60)])

    def wish(self) -> Search:
        """Return what is looked for."""
        return Search(self.q.data or "", self.day.data, self.community.data or "")


class MissingForm(Form):
    """How long one served in an activity that is missing."""

    activity = HiddenField()
    minutes = IntegerField(
        _l("For how many minutes were you there?"), [Optional(), NumberRange(1, MOST_MINUTES)]
    )
    words = TextAreaField(
        _l("In your words"),
        [InputRequired(_l("Say when you came and who can confirm it.")), TEXT],
        description=_l("When you came and left, and who can confirm it."),
    )

    def said(self) -> Said:
        """Return what was said."""
        return Said(Wish.MISSING, self.minutes.data, self.words.data or "")


class WordsForm(Form):
    """Something to add."""

    words = TextAreaField(_l("Add something"), [InputRequired(), TEXT])


class EscalationForm(Form):
    """What the office should know besides."""

    words = TextAreaField(_l("What the office should know"), [Optional(), TEXT], id="further")


class AgreementForm(Form):
    """The minutes that are right; 0 takes the entry back."""

    minutes = IntegerField(
        _l("Minutes that are right"), [Optional(), NumberRange(0, MOST_MINUTES)],
        description=_l("0 takes the entry back altogether."),
    )  # fmt: skip
    words = TextAreaField(_l("A word to the volunteer"), [Optional(), Length(max=150)])


class RefusalForm(Form):
    """Why nothing is changed."""

    reason = TextAreaField(
        _l("Why it is refused"),
        [InputRequired(), Length(min=SENTENCE, max=WORDS_LENGTH)],
        description=_l("The volunteer reads this."),
    )
