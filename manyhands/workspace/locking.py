"""What is locked with the site's secret, so that it is of no use in a copy of the database alone."""

from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def lock(text: str) -> str:
    return _locked().encrypt(text.encode()).decode()


def unlock(locked: str) -> str:
    """Also what was locked with a secret that the site had before (SECRET_KEY_FALLBACKS)."""
    return _locked().decrypt(locked.encode()).decode()


def _locked() -> MultiFernet:
    keys = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet(
        [Fernet(urlsafe_b64encode(sha256(b"manyhands.second-factor\n" + key.encode()).digest())) for key in keys]
    )
