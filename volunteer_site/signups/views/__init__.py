"""The web side of sign-ups: one file a resource."""

from volunteer_site.signups.views import signups, waitlist, withdrawals

blueprints = (signups.bp, waitlist.bp, withdrawals.bp)
