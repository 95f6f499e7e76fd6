"""What somebody chooses and writes to design a badge, and how it is answered."""

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from wtforms import (
    FileField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from volunteer_site.core import text
from volunteer_site.core.forms import Form, printed
from volunteer_site.core.glyphs import is_drawn
from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import lazy_gettext as _l
from volunteer_site.recognition.badges import emblem_names
from volunteer_site.recognition.badges.kept_words import no_star
from volunteer_site.recognition.designs.drawing import Look
from volunteer_site.recognition.designs.models import (
    CREDIT_LENGTH,
    NAME_LENGTH,
    REASON_LENGTH,
    SENTENCE_LENGTH,
    TEXT_LENGTH,
    WHY_LENGTH,
    ZOOMS,
    Credit,
    Design,
)
from volunteer_site.recognition.designs.services import Wish

OWN: Final = "own"  # the choice of one's own drawing in place of an emblem
FIRST: Final = Look("circle", "orange", "gold", "hands")
SPELLED: Final = "·—-!！?？,，、。.&+:：()（）《》"  # 三（2）班 is how classes are called


def _choices(words: Mapping[str, Any]) -> list[SelectChoice]:
    return [SelectChoice(name, said) for name, said in words.items()]


class DesignForm(Form):
    """The designer: what the badge looks like, what it says, and who proposes it to whom."""

    shape = RadioField(_l("Shape"), [InputRequired()], choices=_choices(emblem_names.SHAPES))
    tint = RadioField(_l("Colour"), [InputRequired()], choices=_choices(emblem_names.TINTS))
    metal = RadioField(_l("Rim"), [InputRequired()], choices=_choices(emblem_names.METALS))
    emblem = RadioField(
        _l("Picture"), [InputRequired()],
        choices=[*_choices(emblem_names.EMBLEMS), SelectChoice(OWN, _l("My own drawing"))],
    )  # fmt: skip
    picture = IntegerField("", [Optional()])
    file = FileField(
        _l("Your own drawing"),
        description=_l(
            "A photo or a picture (JPEG, PNG, WebP) of at most 12 MB; its middle is shown."
        ),
    )
    zoom = RadioField(
        _l("How near"), [InputRequired()], coerce=int,
        choices=[SelectChoice(zoom, f"{zoom}%") for zoom in ZOOMS],
    )  # fmt: skip
    text = StringField(
        _l("Words along the edge"), [Optional(), Length(max=TEXT_LENGTH), no_star],
        description=_l("At most 12 signs, such as the name of your class or your community."),
    )  # fmt: skip
    name = StringField(
        _l("Name of the badge"), [InputRequired(), Length(max=NAME_LENGTH), printed, no_star]
    )
    sentence = StringField(
        _l("A warm sentence"), [InputRequired(), Length(max=SENTENCE_LENGTH), printed, no_star],
        description=_l("Whoever gets the badge reads it."),
    )  # fmt: skip
    why = TextAreaField(
        _l("For whom, and for what?"), [InputRequired(), Length(max=WHY_LENGTH)],
        description=_l("For those who decide. It is not published."),
    )  # fmt: skip
    organisation = SelectField(_l("Who should give it?"), [InputRequired()], coerce=int)
    credit = RadioField(
        _l("Who is named as the designer?"), [InputRequired()],
        choices=[
            SelectChoice(Credit.MASKED, _l("My name, partly hidden")),
            SelectChoice(Credit.NAME, _l("My whole name, if I have agreed to its publication")),
            SelectChoice(Credit.LINE, _l("A school class, a team or a family")),
            SelectChoice(Credit.NOBODY, _l("Nobody")),
        ],
    )  # fmt: skip
    designed_by = StringField(
        _l("Class, team or family"), [Length(max=CREDIT_LENGTH), printed],
        description=_l("Only if you have chosen this above; no names of children, please."),
    )  # fmt: skip

    def offer(self, places: Iterable[tuple[int, str]]) -> None:
        """Say who can be asked to give the badge."""
        self.organisation.choices = [SelectChoice(number, name) for number, name in places]

    def validate_text(self, field: Any) -> None:
        """Take letters, digits and a little punctuation: what every screen and printer can draw."""
        field.data = text.tidy(field.data or "")
        odd = [sign for sign in field.data if not _plain(sign)]
        if odd:
            raise ValidationError(
                _("“%(sign)s” cannot be drawn along the edge. Leave it out.", sign=odd[0])
            )

    def validate_emblem(self, field: Any) -> None:
        """Ask for a picture where one's own drawing is chosen."""
        if field.data == OWN and not self.picture.data:
            raise ValidationError(_("Choose your picture first, or take one of the emblems."))

    def validate_designed_by(self, field: Any) -> None:
        """Ask for the line where it is to be shown."""
        if self.credit.data == Credit.LINE and not field.data:
            raise ValidationError(_("Write which class, team or family has designed it."))

    def look(self, picture: str) -> Look:
        """Return how it looks so far; what was not chosen well looks as at the beginning."""
        own = bool(picture) and self.emblem.data == OWN
        emblem = _one_of(self.emblem.data, emblem_names.EMBLEMS, FIRST.emblem)
        words = "".join(sign for sign in text.tidy(self.text.data or "") if _plain(sign))
        return Look(
            _one_of(self.shape.data, emblem_names.SHAPES, FIRST.shape),
            _one_of(self.tint.data, emblem_names.TINTS, FIRST.tint),
            _one_of(self.metal.data, emblem_names.METALS, FIRST.metal),
            "" if own else emblem,
            words[:TEXT_LENGTH],
            picture if own else "",
            self.zoom.data if self.zoom.data in ZOOMS else ZOOMS[0],
        )

    def wish(self) -> Wish:
        """Return what was drawn and written, once it is valid."""
        own = self.emblem.data == OWN
        return Wish(
            organisation_id=self.organisation.data,
            name=self.name.data or "",
            sentence=self.sentence.data or "",
            why=self.why.data or "",
            shape=self.shape.data,
            tint=self.tint.data,
            metal=self.metal.data,
            emblem="" if own else self.emblem.data,
            picture_id=self.picture.data if own else None,
            zoom=self.zoom.data,
            text=self.text.data or "",
            credit=self.credit.data,
            designed_by=(self.designed_by.data or "") if self.credit.data == Credit.LINE else "",
        )


def beginning(place: int | None) -> dict[str, Any]:
    """Return what an empty designer starts with."""
    look = FIRST
    return {
        "shape": look.shape, "tint": look.tint, "metal": look.metal, "emblem": look.emblem,
        "zoom": ZOOMS[0], "credit": Credit.MASKED, "organisation": place,
    }  # fmt: skip


def of(design: Design) -> dict[str, Any]:
    """Return a design as the designer shows it, to change it or to begin with it."""
    same = ("shape", "tint", "metal", "zoom", "text", "name", "sentence", "why", "credit",
            "designed_by")  # fmt: skip
    told = {name: getattr(design, name) for name in same}
    return told | {
        "emblem": design.emblem or OWN,
        "picture": design.picture_id,
        "organisation": design.organisation_id,
    }


class ApprovalForm(Form):
    """Which version of a design was looked at before it is approved."""

    seen = HiddenField()

    def moment(self) -> datetime | None:
        """Return when the version that was looked at was made; nothing if that was not said."""
        try:
            return datetime.fromisoformat(self.seen.data or "").replace(tzinfo=None)
        except ValueError:
            return None


class RefusalForm(Form):
    """Why a design does not become a badge."""

    reason = TextAreaField(
        _l("Why it does not become a badge"),
        [InputRequired(), Length(min=8, max=REASON_LENGTH)],
        description=_l("The designer reads this."),
    )


def _plain(sign: str) -> bool:
    kind = unicodedata.category(sign)[0]
    known = kind in {"L", "N"} or sign == " " or sign in SPELLED
    return known and is_drawn(sign)


def _one_of(given: Any, known: Mapping[str, Any], otherwise: str) -> str:
    return given if given in known else otherwise
