"""Addresses of the learning circle: a list for each part."""

from django.urls import path

from bolwerk.circle.views import circles, people

app_name = "circle"
CIRCLES = [
    path("", circles.circles, name="circles"),
    path("nieuw/", circles.found, name="found"),
    path("uitnodiging/<str:link>/", people.invitation, name="invitation"),
    path("<uuid:circle_id>/", circles.circle, name="circle"),
    path("<uuid:circle_id>/wijzigen/", circles.change, name="change"),
    path("<uuid:circle_id>/sluiten/", circles.close, name="close"),
    path("<uuid:circle_id>/begeleiders/", circles.leaders, name="leaders"),
    path("<uuid:circle_id>/begeleiders/stoppen/", circles.stop_leading, name="stop_leading"),
    path("<uuid:circle_id>/deelnemers/", people.people, name="people"),
    path("<uuid:circle_id>/deelnemers/<uuid:member_id>/uitnodigen/", people.invite, name="invite"),
    path("<uuid:circle_id>/deelnemers/<uuid:member_id>/stopt/", people.end_member, name="end_member"),
    path("<uuid:circle_id>/deelnemers/<uuid:participant_id>/eruit/", people.take_out, name="take_out"),
    path("<uuid:circle_id>/huisregels/", people.rules, name="rules"),
    path("<uuid:circle_id>/vertrekken/", people.leave, name="leave"),
]
urlpatterns = [*CIRCLES]
