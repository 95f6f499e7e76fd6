"""The office's pages about organisations and pairings."""

from volunteer_site.organisations.views import organisations, pairings

blueprints = (organisations.bp, organisations.closings, pairings.bp, pairings.endings)
