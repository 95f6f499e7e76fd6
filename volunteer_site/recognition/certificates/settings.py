"""The certificates' settings."""

from volunteer_site.core.settings import secret_keys
from volunteer_site.recognition.certificates.signing import Key


def key() -> Key:
    """Return what signs the certificates of this site and confirms those signed before."""
    secret, *former = secret_keys()
    return Key(secret, tuple(former))
