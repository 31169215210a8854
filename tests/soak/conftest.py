"""The place with something at every address, which nonsense is sent to."""

from tests.access.conftest import browsers, parts, place, store

__all__ = ["browsers", "parts", "place", "store"]
