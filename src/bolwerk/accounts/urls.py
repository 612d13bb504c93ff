"""Addresses of people and sign-in."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
