"""Security headers on every answer, and the proxies that are believed."""

from typing import Any

from flask import Flask
from flask_compress import Compress
from werkzeug.middleware.proxy_fix import ProxyFix

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
ALWAYS = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(self), geolocation=(self), microphone=(), payment=()"),
)
ONLY_HTTPS = ("Strict-Transport-Security", "max-age=31536000")
NOT_KEPT = ("Cache-Control", "private, no-cache")


def init_app(app: Flask) -> None:
    """Add compression, the proxies that are believed, and the headers; the last of all parts."""
    app.config.setdefault("COMPRESS_ALGORITHM", ["br", "gzip"])
    app.config.setdefault("COMPRESS_BR_LEVEL", 3)
    app.config.setdefault("COMPRESS_LEVEL", 1)
    app.config.setdefault("COMPRESS_STREAMS", False)
    Compress(app)
    hops = app.config["TRUSTED_PROXIES"]
    if hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops, hops)  # type: ignore[method-assign]
    app.wsgi_app = _with_headers(app.wsgi_app)  # type: ignore[method-assign]


def _with_headers(app: Any) -> Any:
    """Add them where the answer leaves the site, so that pictures and scripts have them too.

    A header that the answer has of its own stays as it is: two policies would both hold.
    """

    def answer(environ: dict[str, Any], start_response: Any) -> Any:
        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            own = {name.lower() for name, _ in headers}
            added = [pair for pair in (*ALWAYS, NOT_KEPT) if pair[0].lower() not in own]
            if environ["wsgi.url_scheme"] == "https":
                added.append(ONLY_HTTPS)
            return start_response(status, [*headers, *added], *more)

        return app(environ, start)

    return answer
