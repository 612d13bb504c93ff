"""Addresses of tasks."""

from django.urls import path

from bolwerk.deadlines import views

app_name = "deadlines"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("team/", views.team, name="team"),
    path("te-laat/", views.overdue, name="overdue"),
    path("sluitingsdagen/", views.closing_days, name="closing_days"),
    path("sluitingsdagen/<str:day>/weg/", views.remove_closing_day, name="closing_day_remove"),
    path("agenda/", views.calendar, name="calendar"),
    path("agenda/intrekken/", views.revoke_calendar, name="revoke_calendar"),
    path("agenda/<str:secret>.ics", views.feed, name="feed"),
    path("<uuid:task_id>/", views.task, name="task"),
    path("<uuid:task_id>/klaar/", views.done, name="done"),
]
