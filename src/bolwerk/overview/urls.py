"""Addresses of the bridge."""

from django.urls import path

from bolwerk.overview import views

app_name = "overview"
urlpatterns = [
    path("", views.my_day, name="my_day"),
    path("hulp/", views.help_now, name="help_now"),
]
