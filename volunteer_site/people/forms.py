"""What people type about themselves."""

from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    Field,
    PasswordField,
    SelectField,
    StringField,
    TelField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    Optional,
    StopValidation,
    ValidationError,
)

from volunteer_site.core import clock, dates, text
from volunteer_site.core.forms import Form
from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import lazy_gettext as _l
from volunteer_site.people import passwords, queries
from volunteer_site.people.models import ConsentKind, Person, RoleName
from volunteer_site.people.services import registration

OLDEST = 120
PASSWORD_HELP = _l(
    "At least 8 characters, with three of these: small letters, capitals, digits, signs."
)
ROLE_NAMES = {
    RoleName.COORDINATOR.value: _l("Coordinator"),
    RoleName.LIAISON.value: _l("Liaison"),
    RoleName.OFFICER.value: _l("Officer"),
}
Choices = dict[str, list[tuple[int, str]]]


def number_or_none(value: Any) -> int | None:
    """Return the number of what was chosen from a list, or None for the empty line."""
    return int(value) if value not in {None, "", "None"} else None


def mobile_phone(_form: Form, field: Field) -> None:
    """Bring a phone into the form that is kept, or say what one looks like (R73)."""
    try:
        field.data = text.normalise_phone(field.data)
    except ValueError:
        raise ValidationError(
            _("A mobile number has 11 digits and begins with 13 to 19, such as 138 0013 8000.")
        ) from None


def real_name(_form: Form, field: Field) -> None:
    """Bring a name into the form that is kept, whatever script it is in (R72)."""
    try:
        field.data = text.normalise_name(field.data)
    except ValueError:
        raise ValidationError(_("A name has 1 to 50 characters.")) from None


def real_name_if_given(form: Form, field: Field) -> None:
    """As `real_name`, for a name that may stay out."""
    if field.data:
        real_name(form, field)


class LoginForm(Form):
    """Phone and password; `next` is where to go afterwards."""

    phone = TelField(_l("Phone"), [DataRequired(), mobile_phone])
    password = PasswordField(_l("Password"), [InputRequired(), Length(max=passwords.LONGEST)])


def grown_enough(_form: Form, field: Field) -> None:
    """Refuse birth dates that nobody has."""
    today = dates.today(clock.now())
    if field.data is None:
        raise StopValidation
    if field.data > today or queries.age(field.data, today) > OLDEST:
        raise ValidationError(_("Nobody was born on %(day)s; check the year.", day=field.data))


class Places(Form):
    """Where somebody lives and works; both may stay open."""

    community_id = SelectField(_l("My community"), coerce=number_or_none, choices=[])
    unit_id = SelectField(_l("My unit"), coerce=number_or_none, choices=[])

    def offer(self, communities: Choices, units: Choices) -> None:
        """Fill the two lists."""
        self.community_id.choices = {"": [("", _("I will choose later"))], **communities}
        self.unit_id.choices = {"": [("", _("None, I come by myself"))], **units}


class ProfileForm(Places):
    """What people may change about themselves at any time."""

    phone = TelField(_l("Phone"), [DataRequired(), mobile_phone])


class RoleForm(Form):
    """What a person may do, and where."""

    role = SelectField(_l("Role"), choices=[SelectChoice(*pair) for pair in ROLE_NAMES.items()])
    organisation_id = SelectField(_l("At"), coerce=int, choices=[])


class GivenPasswordForm(Form):
    """A password of one's own, instead of the one that somebody gave."""

    password = PasswordField(
        _l("The new password"),
        [InputRequired(), Length(max=passwords.LONGEST)],
        description=PASSWORD_HELP,
    )


class PasswordForm(GivenPasswordForm):
    """The password of now and the next one."""

    current = PasswordField(
        _l("Your password now"), [InputRequired(), Length(max=passwords.LONGEST)]
    )


class ErasureForm(Form):
    """Leaving cannot be undone, so it asks for the password."""

    password = PasswordField(
        _l("Your password, to confirm"), [InputRequired(), Length(max=passwords.LONGEST)]
    )


class RegistrationForm(Places):
    """What becomes an account. The consents stand by themselves and are never ticked (R47)."""

    name = StringField(_l("Full name"), [DataRequired(), real_name])
    phone = TelField(
        _l("Phone"),
        [DataRequired(), mobile_phone],
        description=_l("You log in with it. A family may share one."),
    )
    birth_date = DateField(
        _l("Birth date"),
        [InputRequired(), grown_enough],
        description=_l("Some work is only for grown-ups. Nobody else sees it."),
    )
    password = PasswordField(
        _l("Choose a password"),
        [InputRequired(), Length(max=passwords.LONGEST)],
        description=PASSWORD_HELP,
    )
    guardian_name = StringField(_l("Name of the parent or guardian"), [real_name_if_given])
    guardian_phone = TelField(_l("Phone of the parent or guardian"), [Optional(), mobile_phone])
    guardian_consent = BooleanField(
        _l("I am the parent or guardian, and I agree that my child takes part.")
    )
    under_14 = BooleanField(
        _l("My child is under 14: I agree to the rules for children's data in the privacy notice.")
    )
    notice = BooleanField(
        _l("I have read the privacy notice and agree to it."),
        [InputRequired(_l("Without this there can be no account."))],
        id="notice-read",  # `notice` is the place on every page where answers appear
    )
    publish_name = BooleanField(
        _l("My full name may stand on honor rolls. (Otherwise part of it is hidden.)")
    )
    publish_photo = BooleanField(_l("Photos that show me may be published."))

    def validate_password(self, field: Field) -> None:
        """Ask for a password that is hard to guess (R54)."""
        try:
            passwords.check(field.data, name=self.name.data or "", phone=self.phone.data or "")
        except passwords.WeakPassword as weak:
            raise ValidationError(str(weak)) from None

    def validate_guardian_name(self, field: Field) -> None:
        """Ask for a guardian's name, phone and consent under 18 (R49)."""
        if self._age() < queries.ADULT and not (
            field.data and self.guardian_phone.data and self.guardian_consent.data
        ):
            raise ValidationError(
                _("Under 18, a parent or guardian gives name and phone, and ticks that they agree.")
            )

    def validate_under_14(self, field: Field) -> None:
        """Ask for the second consent under 14 (R49)."""
        if self._age() < registration.OWN_CONSENT and not field.data:
            raise ValidationError(_("Under 14, a parent or guardian has to tick this too."))

    def newcomer(self, **chosen: Any) -> registration.Newcomer:
        """Return what was told, the password already hashed."""
        kinds = (ConsentKind.NOTICE, ConsentKind.PUBLISH_NAME, ConsentKind.PUBLISH_PHOTO)
        given = {kind.value for kind in kinds if self[kind.value].data}
        if self.under_14.data and self._age() < registration.OWN_CONSENT:
            given.add(ConsentKind.UNDER_14.value)
        return registration.Newcomer(
            self.name.data,
            self.phone.data,
            self.birth_date.data,
            registration.prepared(self.password.data, name=self.name.data, phone=self.phone.data),
            community_id=self.community_id.data,
            unit_id=self.unit_id.data,
            guardian=self._guardian(),
            consents=frozenset(given),
            **chosen,
        )

    def _age(self) -> int:
        born = self.birth_date.data
        return queries.age(born, dates.today(clock.now())) if born else queries.ADULT

    def _guardian(self) -> registration.GuardianWords | None:
        if self._age() >= queries.ADULT:
            return None
        return registration.GuardianWords(self.guardian_name.data, self.guardian_phone.data)


def label_of(people: list[Person]) -> list[str]:
    """Say who is who of people on one phone: masked names, with the year of birth if alike."""
    names = [text.mask_name(person.name) for person in people]
    return [
        f"{name} · {person.birth_date:%Y}" if names.count(name) > 1 and person.birth_date else name
        for person, name in zip(people, names, strict=True)
    ]
