"""The pages about people, one file a resource."""

from volunteer_site.people.views import (
    accounts,
    consents,
    desk,
    office,
    privacy,
    registrations,
    sessions,
)

blueprints = (
    sessions.bp,
    sessions.choices,
    registrations.bp,
    privacy.bp,
    privacy.preferences,
    accounts.bp,
    accounts.copies,
    accounts.erasures,
    accounts.profiles,
    accounts.passwords,
    consents.bp,
    consents.withdrawals,
    desk.bp,
    desk.disclosures,
    desk.given_passwords,
    office.roles,
    office.endings,
    office.audit,
)
