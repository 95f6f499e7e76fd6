"""The sheet's number as a QR code, for a phone's camera or a reader at the keyboard."""

from functools import lru_cache


@lru_cache(maxsize=32)
def address_qr(address: str) -> str:
    """Return a QR code of an address as an SVG drawing, 3 cm wide on paper."""
    import segno  # noqa: PLC0415 -- 2 MiB, for those who print

    return segno.make(address, error="m", micro=False).svg_inline(
        scale=3, border=0, dark="#000", unit="px"
    )
