"""The signature under a certificate: who has a copy of the database cannot make one.

The key is derived from SECRET_KEY, which is not in the database; a former one that the settings
still name confirms what it signed. What is signed is everything that
the row says; whose it is, by a salted digest, which says nothing once the salt is erased.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from itsdangerous import Signer

from volunteer_site.recognition.certificates.models import Certificate, CertificateHolder

SALT = "volunteer_site.certificates"
SIGNED = (
    "number", "person_id", "recorder_id", "first_day", "last_day", "edition", "minutes", "sheet",
    "whose_digest", "issued_at", "issued_by_id",
)  # fmt: skip


@dataclass(frozen=True)
class Key:
    """Signs certificates, and makes the digests kept instead of what nobody needs to read."""

    secret: str
    former: tuple[str, ...] = ()  # secrets of before: what they signed is as good

    def sign(self, certificate: Certificate) -> str:
        """Return the signature over everything the certificate says."""
        return _signature(certificate, self.secret)

    def fits(self, certificate: Certificate, holder: CertificateHolder | None) -> bool:
        """Tell whether nothing of it was altered; without a holder, who left the site (R45)."""
        kept = certificate.signature.encode()
        signed = any(
            hmac.compare_digest(_signature(certificate, secret).encode(), kept)
            for secret in (self.secret, *self.former)
        )
        return signed and (holder is None or _belongs(certificate, holder))

    def digest(self, words: str) -> str:
        """Return what is kept instead of a number, an address or the end of a document."""
        return _digest(words, self.secret)

    def is_digest(self, kept: str, words: str) -> bool:
        """Tell whether this is what is kept of these words."""
        return any(
            hmac.compare_digest(_digest(words, secret).encode(), kept.encode())
            for secret in (self.secret, *self.former)
        )


def written(words: Mapping[str, Any]) -> str:
    """Write words as JSON in the one way that is signed."""
    return json.dumps(words, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def new_salt() -> str:
    """Return what keeps a digest of a name from being guessed."""
    return secrets.token_hex(16)


def whose_digest(words: str, salt: str, document_digest: str) -> str:
    """Return the digest of whose certificate it is."""
    return hashlib.sha256("\n".join((salt, words, document_digest)).encode()).hexdigest()


def _belongs(certificate: Certificate, holder: CertificateHolder) -> bool:
    digest = whose_digest(holder.words, holder.salt, holder.document_digest)
    same = holder.certificate_id == certificate.id and holder.person_id == certificate.person_id
    return same and hmac.compare_digest(digest, certificate.whose_digest)


def _signature(certificate: Certificate, secret: str) -> str:
    signer = Signer(secret, salt=SALT, key_derivation="hmac", digest_method=hashlib.sha256)
    return signer.get_signature(_text(certificate)).decode()


def _digest(words: str, secret: str) -> str:
    key = f"{SALT} {secret}".encode()
    return hmac.new(key, words.encode(), hashlib.sha256).hexdigest()[:32]


def _text(certificate: Certificate) -> bytes:
    return written({name: str(getattr(certificate, name)) for name in SIGNED}).encode()
