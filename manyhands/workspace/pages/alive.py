"""
What the site says of itself to whatever watches over it: that it is alive, and whether it can answer people.

Alive asks nothing of anything: where it is silent, the process is to be started again. Ready asks the database: where
it says no, people are to be sent to another process for a while. Neither says anything of anybody.
"""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.http import require_safe

_of_this_version: set[str] = set()
"""The databases that were found to be of this version. They do not become older, so each is asked until it was once."""


@require_safe
def alive(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"alive": True})


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    in_the_way = what_is_in_the_way()
    return JsonResponse({"ready": not in_the_way, "because": in_the_way}, status=503 if in_the_way else 200)


def what_is_in_the_way() -> str:
    """Why no page could be made just now; nothing where one could."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if _behind():
            return "the database is not of this version: run manyhands migrate"
    except DatabaseError:
        return "the database does not answer"
    return ""


def _behind() -> bool:
    database = str(connection.settings_dict["NAME"])
    if database in _of_this_version:
        return False
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return True
    _of_this_version.add(database)
    return False


urlpatterns = [
    path("alive", alive, name="alive"),
    path("ready", ready, name="ready"),
]
