"""The pages that draw on several modules: one file a resource."""

from volunteer_site.pages.views import (
    activity,
    board,
    books,
    community,
    desk,
    hours,
    me,
    mondays,
    numbers,
    office,
    year,
)

blueprints = (
    *(board.bp, activity.bp, community.bp, desk.bp, hours.bp, numbers.bp),
    *(me.bp, me.addresses, me.feeds),
    *(year.bp, year.positions),
    *(mondays.desk, mondays.office),
    *(office.bp, office.weeks, office.jobs),
    *(books.bp, books.months, books.own, books.sign_offs),
    *(books.office, books.office_months, books.seals, books.prints),
)
