"""The words of a notice, the same for a programme and an activity."""

from typing import Any, ClassVar

from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from volunteer_site.activities import models
from volunteer_site.activities.categories import CATEGORIES
from volunteer_site.activities.plans import DESCRIBED
from volunteer_site.activities.rules import NotPublishable
from volunteer_site.core import dates
from volunteer_site.core.forms import Form
from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import lazy_gettext as _l

TEXT = Length(max=models.TEXT_LENGTH)
SHORT = Length(max=models.SHORT_TEXT_LENGTH)
KINDS = [
    SelectChoice("", _l("Please choose")),
    *(SelectChoice(slug, kind.name) for slug, kind in CATEGORIES.items()),
]


def sensible_year(_form: Any, field: Any) -> None:
    """Refuse a year that can only be a slip of the keyboard."""
    if field.data is not None and field.data.year not in dates.YEARS:
        raise ValidationError(_("This year cannot be right. Please write the date again."))


class Needed:
    """Marks what publishing asks for; a draft may leave it out, so the rules check it, not this."""

    field_flags: ClassVar = {"required": True}

    def __call__(self, _form: Any, _field: Any) -> None:
        """Let everything through."""


class WordsForm(Form):
    """The eight things that a notice says (R15), and what some activities need besides."""

    title = StringField(_l("Name"), [InputRequired(), Length(max=models.TITLE_LENGTH)])
    category = SelectField(_l("Kind of work"), [Needed(), Optional()], choices=KINDS)
    place = StringField(
        _l("Meeting place"), [Needed(), Optional(), Length(max=models.PLACE_LENGTH)]
    )
    content = TextAreaField(_l("What people will do"), [Needed(), Optional(), TEXT])
    conditions = TextAreaField(_l("Who can take part"), [Needed(), Optional(), SHORT])
    how_to_sign_up = TextAreaField(_l("How to sign up"), [Needed(), Optional(), SHORT])
    risks = TextAreaField(
        _l("Risks"), [Needed(), Optional(), SHORT], description=_l("Write 无 if there are none.")
    )
    provided = TextAreaField(
        _l("What is provided"),
        [Needed(), Optional(), SHORT],
        description=_l("Insurance, tools, water; 无 if nothing."),
    )
    contact = StringField(_l("Contact"), [Optional(), Length(max=100)])
    minimum_age = IntegerField(
        _l("Youngest age"),
        [InputRequired(), NumberRange(0, 80)],
        default=8,
        description=_l("18 for work at the roadside, on ladders or with sharp tools."),
    )
    break_minutes = IntegerField(
        _l("Break, in minutes"),
        [InputRequired(), NumberRange(0, 600)],
        default=0,
        description=_l("Does not count as service."),
    )

    def words(self) -> dict[str, Any]:
        """Return what was typed, blank for what was left out."""
        return {name: "" if self[name].data is None else self[name].data for name in DESCRIBED}

    def add(self, problem: NotPublishable) -> None:
        """Show a rule beside the field that it is about."""
        field = self[problem.field] if problem.field in self else self["title"]
        field.errors = [*field.errors, str(problem)]

    def wrong(self) -> list[tuple[Any, str]]:
        """Return every field with something to correct, and what."""
        return [(field, error) for field in self for error in field.errors]
