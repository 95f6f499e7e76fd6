"""What the office and coordinators type about badges."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final, Self

from flask_babel import LazyString
from wtforms import DateField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from volunteer_site.activities.categories import CATEGORIES
from volunteer_site.activities.forms.words import Needed, sensible_year
from volunteer_site.core import text
from volunteer_site.core.forms import Form, printed
from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import lazy_gettext as _l
from volunteer_site.recognition.badges import drafts
from volunteer_site.recognition.badges.emblem_names import EMBLEMS, SHAPES, TINTS
from volunteer_site.recognition.badges.kept_words import no_star
from volunteer_site.recognition.badges.pins import Pin
from volunteer_site.recognition.badges.services.giving import CITATION_LENGTH, REASON_LENGTH

RULE, HAND = "rule", "hand"
MOST: Final = 10_000
COUNTED: Final[dict[str, LazyString]] = {
    "entries": _l("times they served"),
    "minutes": _l("hours"),
    "weeks": _l("different weeks"),
    "streak": _l("weeks in a row"),
    "months": _l("different months"),
    "days": _l("different days"),
    "mornings": _l("mornings, begun before nine"),
    "weekends": _l("weekends"),
    "holidays": _l("times on a public holiday"),
    "categories": _l("kinds of work"),
    "recorders": _l("different communities"),
    "elsewhere": _l("times in a community that is not their own"),
    "early": _l("times signed up a day ahead or earlier"),
    "kept": _l("times in a row without an absence"),
    "at_the_door": _l("times checked in at the door"),
    "for_unit": _l("times with their unit"),
    "first_of_unit": _l("times first of their unit to sign up"),
    "brought": _l("people they brought along"),
}
PERIODS: Final[dict[str, LazyString]] = {
    "ever": _l("without an end"),
    "year": _l("within a calendar year, every year anew"),
    "season": _l("within these days of a year, every year anew"),
    "dates": _l("within these days, once"),
}
RULE_FIELDS: Final = ("measure", "many", "category", "programme", "over_period", "first", "last")


def _choices(words: Mapping[str, object]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in words.items()]


class LooksForm(Form):
    """What a badge is called and what it looks like."""

    name_zh = StringField(
        _l("Name"),
        [InputRequired(), Length(max=12), printed, no_star],
        description=_l("At most 12 signs."),
    )
    sentence_zh = StringField(
        _l("A warm sentence"),
        [InputRequired(), Length(max=60), printed, no_star],
        description=_l("Everybody who earns it reads this. At most 60 signs."),
    )
    name_en = StringField(_l("Name in English"), [Optional(), Length(max=40), printed])
    sentence_en = StringField(_l("The sentence in English"), [Optional(), Length(max=140), printed])
    tint = RadioField(_l("Colour"), choices=_choices(TINTS), default="amber")
    shape = RadioField(_l("Shape"), choices=_choices(SHAPES), default="circle")
    emblem = RadioField(_l("Emblem"), choices=_choices(EMBLEMS), default="star")

    def columns(self) -> dict[str, Any]:
        """Return words and looks; English that is missing is as the Chinese."""
        name, sentence = (text.tidy(one.data or "") for one in (self.name_zh, self.sentence_zh))
        return {
            "name_zh": name,
            "name_en": text.tidy(self.name_en.data or "") or name,
            "sentence_zh": sentence,
            "sentence_en": text.tidy(self.sentence_en.data or "") or sentence,
            "tint": _known(self.tint.data, TINTS, "amber"),
            "shape": _known(self.shape.data, SHAPES, "circle"),
            "emblem": _known(self.emblem.data, EMBLEMS, "star"),
        }


class BadgeForm(LooksForm):
    """A badge with what it takes: a rule, or somebody's word."""

    how = RadioField(
        _l("How it is given"),
        choices=[
            SelectChoice(RULE, _l("by itself, when a rule is reached")),
            SelectChoice(HAND, _l("by hand, with a citation")),
        ],
        default=RULE,
        validators=[Needed()],
    )
    measure = SelectField(_l("What is counted"), [Needed()], choices=_choices(COUNTED))
    many = IntegerField(_l("How many"), [Needed(), Optional(), NumberRange(1, MOST)], default=4)
    category = SelectField(
        _l("Only this kind of work"),
        choices=[
            SelectChoice("", _l("any")),
            *(SelectChoice(slug, one.name) for slug, one in CATEGORIES.items()),
        ],
    )
    programme = StringField(
        _l("Only activities with these words in their title"), [Optional(), Length(max=20)]
    )
    over_period = SelectField(_l("Over what time"), [Needed()], choices=_choices(PERIODS))
    first = DateField(
        _l("First day"),
        [Optional(), sensible_year],
        description=_l("Only where these days are spoken of."),
    )
    last = DateField(_l("Last day"), [Optional(), sensible_year])
    place_id = SelectField(_l("Where"), [Needed()], choices=[])

    def offer(self, places: Iterable[tuple[int, str]], everywhere: str | None) -> Self:
        """Offer these places; with `everywhere`, also no place at all."""
        none = [SelectChoice("", everywhere)] if everywhere else []
        self.place_id.choices = [*none, *(SelectChoice(str(one), name) for one, name in places)]
        if self.place_id.data is None and self.place_id.choices:
            self.place_id.data = self.place_id.choices[0].value
        return self

    @property
    def by_hand(self) -> bool:
        """Tell whether people give it."""
        return bool(self.how.data == HAND)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check words and looks, and the rule if it has one."""
        fine = bool(super().validate(extra_validators))
        return not self._rule_fails() and fine

    def problem(self) -> str:
        """Return what is wrong with the rule, so that nobody can be found by it yet."""
        for name in RULE_FIELDS:
            self[name].validate(self)
        self._rule_fails()
        wrong = [self[name] for name in RULE_FIELDS if self[name].errors]
        return f"{wrong[0].label.text}：{wrong[0].errors[0]}" if wrong else ""

    def columns(self) -> dict[str, Any]:
        """Return the columns of the badge; whole only after `validate`."""
        place = str(self.place_id.data or "")
        return {
            **super().columns(),
            "organisation_id": int(place) if place.isdecimal() else None,
            **(self._nothing() if self.by_hand else self._rule()),
        }

    def draft(self) -> Pin:
        """Return the badge as it would be shown, with what is filled in so far."""
        named = {
            choice.value: str(choice.label) for choice in self.place_id.choices if choice.value
        }
        place = named.get(str(self.place_id.data or ""), "")
        return drafts.pin_of({"family": "special", "place": place, **self.columns()})

    def _nothing(self) -> dict[str, Any]:
        return {"measure": "", "category": "", "over_period": "ever", "threshold": 1}

    def _rule(self) -> dict[str, Any]:
        measure = _known(self.measure.data, COUNTED, "entries")
        category = _known(self.category.data, CATEGORIES, "")
        period = _known(self.over_period.data, PERIODS, "ever")
        if measure == "minutes" and category:
            measure = "category_minutes"
        first, last = self._days(period)
        if period in {"season", "dates"} and not first:
            period = "ever"  # a draft; `validate` asks for the days
        return {
            "measure": measure,
            "category": category,
            "programme": text.tidy(self.programme.data or ""),
            "over_period": period,
            "threshold": (self.many.data or 1) * (60 if "minutes" in measure else 1),
            "first_day": first,
            "last_day": last,
        }

    def _days(self, period: str) -> tuple[str, str]:
        days: tuple[date | None, ...] = (self.first.data, self.last.data)
        if period not in {"season", "dates"} or None in days:
            return "", ""
        start = 5 if period == "season" else 0  # without the year
        first, last = (day.isoformat()[start:] for day in days if day)
        return first, last

    def _rule_fails(self) -> bool:
        """Say beside its field what the rule lacks; tell whether it lacks something."""
        if self.by_hand:
            return False
        wrong = []
        if self.many.data is None and not self.many.errors:
            wrong.append((self.many, _("Write a number from 1 on.")))
        if self.over_period.data in {"season", "dates"}:
            wrong += self._wrong_days()
        for field, words in wrong:
            field.errors = [*field.errors, words]
        return bool(wrong)

    def _wrong_days(self) -> list[tuple[Any, str]]:
        fields = (self.first, self.last)
        missing = [one for one in fields if one.data is None and not one.errors]
        if missing or None in (self.first.data, self.last.data):
            return [(one, _("This time needs a day here.")) for one in missing]
        if self.over_period.data == "dates" and self.last.data < self.first.data:
            return [(self.last, _("The last day is before the first. Change one of them."))]
        return []


class CitationForm(Form):
    """For what a badge is given by hand."""

    citation = TextAreaField(
        _l("Citation"),
        [InputRequired(), Length(max=CITATION_LENGTH), printed],
        description=_l("What they did, in a sentence or two. They read it on their wall."),
    )

    def words(self) -> str:
        """Return the citation, tidied; only after `validate`."""
        return text.tidy(self.citation.data or "")

    def refuse(self, words: str) -> None:
        """Show a refusal above the form, which stays filled in."""
        self.form_errors.append(words)


class WithdrawalForm(Form):
    """Why an award is taken back."""

    reason = StringField(
        _l("Why it is taken back"),
        [InputRequired(), Length(max=REASON_LENGTH)],
        description=_l("The person reads this on their wall."),
    )


def _known(value: Any, words: Mapping[str, object], usual: str) -> str:
    return str(value) if value in words else usual
