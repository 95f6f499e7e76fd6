"""Paper going out, and paper coming back."""

from volunteer_site.attendance.sheets.views import desk, entries, printing, rows

blueprints = (
    printing.bp,
    printing.paper,
    desk.bp,
    desk.unused,
    desk.used,
    entries.bp,
    entries.entry,
    rows.corrections,
    rows.settlements,
)
