"""The web side of sign-ups: one file a resource."""

from volunteer_site.signups.views import families, signups, waitlist, withdrawals

blueprints = (signups.bp, families.bp, waitlist.bp, withdrawals.bp)
