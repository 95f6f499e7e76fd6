"""Walk through the site as a visitor does, and see one page of each kind."""

from urllib.parse import urlsplit

from werkzeug.exceptions import HTTPException


def one_page_of_each(page, app, starts):
    """Follow the links from `starts`; yield (name, path) with `page` standing on it.

    The name is the route's, such as `signups.new`; of each route only the first address counts.
    """
    waiting, seen = list(starts), set()
    while waiting:
        path = waiting.pop(0)
        name = name_of(app, path)
        if name is None or name in seen:
            continue
        seen.add(name)
        answer = page.goto(path)
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            continue
        yield name, path
        waiting += links_on(page)


def links_on(page):
    """Return the addresses on this site that the page links to."""
    found = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
    here = urlsplit(page.url).netloc
    parts = [urlsplit(address) for address in found]
    return [
        part.path + (f"?{part.query}" if part.query else "")
        for part in parts
        if part.netloc == here and "." not in part.path.rsplit("/", 1)[-1]  # files are no pages
    ]


def name_of(app, path):
    """Return the name of the route that answers GET `path`, or None."""
    routes = app.url_map.bind("localhost")
    try:
        return routes.match(urlsplit(path).path, method="GET")[0]
    except HTTPException:
        return None
