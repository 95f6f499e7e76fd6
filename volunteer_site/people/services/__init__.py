"""What can be done with people; each file is one subject."""

from volunteer_site.people.services.accounts import (
    calendar_token,
    change_profile,
    check_password,
    disclose,
    erase,
    erasing,
    give_consent,
    give_password,
    give_photo_consent,
    prefer,
    set_password,
    withdraw_consent,
)
from volunteer_site.people.services.registration import (
    GuardianWords,
    Newcomer,
    add_person,
    prepared,
    register,
)
from volunteer_site.people.services.roles import end_role, grant_role

__all__ = [
    "GuardianWords",
    "Newcomer",
    "add_person",
    "calendar_token",
    "change_profile",
    "check_password",
    "disclose",
    "end_role",
    "erase",
    "erasing",
    "give_consent",
    "give_password",
    "give_photo_consent",
    "grant_role",
    "prefer",
    "prepared",
    "register",
    "set_password",
    "withdraw_consent",
]
