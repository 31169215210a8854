"""Every page and its address: the lists of the page modules, joined. Keep the lines in order."""

from django.urls import URLPattern

from manyhands.workspace.pages import gathering, handing_over

urlpatterns: list[URLPattern] = [
    *gathering.urlpatterns,
    *handing_over.urlpatterns,
]
