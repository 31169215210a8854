"""Every address of the site. Pages are listed in `manyhands/workspace/urls.py`."""

from django.urls import include, path

urlpatterns = [
    path("", include("manyhands.workspace.urls")),
]
