"""The pages about people, one file a resource."""

from volunteer_site.people.views import privacy, registrations, sessions

blueprints = (sessions.bp, sessions.choices, registrations.bp, privacy.bp, privacy.preferences)
