"""Every page and its address: the lists of the page modules, joined. Keep the lines in order."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
