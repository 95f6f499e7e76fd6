"""Paper, as a page for the browser's own print and as a file."""

from volunteer_site.printouts.views import (
    badges,
    certificates,
    jobs,
    papers,
    roll_pictures,
    rolls,
    seals,
    sheets,
    shop,
    stickers,
    year,
)

blueprints = (
    shop.bp,
    papers.bp,
    papers.files,
    papers.pictures,
    jobs.bp,
    jobs.files,
    badges.bp,
    certificates.bp,
    certificates.pictures,
    certificates.prints,
    roll_pictures.bp,
    rolls.bp,
    seals.bp,
    seals.files,
    seals.sheets,
    sheets.bp,
    stickers.bp,
    stickers.emblems,
    stickers.previews,
    stickers.pictures,
    year.bp,
)
