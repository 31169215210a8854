"""Organisations of the workspace and their keys in the records: whose contacts bring a patient within reach."""

from collections.abc import Collection

from joinedup.records.store import Store
from manyhands import who
from manyhands.people.models import Organisation


def keys_of(organisations: Collection[who.Organisation], store: Store) -> frozenset[str]:
    """What the records call these organisations, as far as they know them. One query of the directory."""
    known = Organisation.objects.filter(id__in=organisations).exclude(record="").values_list("record", flat=True)
    keys = {key for record in known for key in record.splitlines()}
    return frozenset(store.known_as(keys).values())
