"""Addresses of the shell itself: language, quick exit, drafts."""

from django.urls import URLPattern

app_name = "ui"
urlpatterns: list[URLPattern] = []
