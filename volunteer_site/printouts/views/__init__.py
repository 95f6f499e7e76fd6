"""Paper, as a page for the browser's own print and as a file."""

from volunteer_site.printouts.views import rolls, seals, sheets

blueprints = (
    rolls.bp,
    seals.bp,
    seals.files,
    seals.sheets,
    sheets.bp,
)
