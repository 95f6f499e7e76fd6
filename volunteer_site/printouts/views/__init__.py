"""Paper, as a page for the browser's own print and as a file."""

from volunteer_site.printouts.views import rolls, sheets

blueprints = (
    rolls.bp,
    sheets.bp,
)
