"""Addresses of the learning circle: a list for each part."""

from django.urls import path

from bolwerk.circle.views import circles, exchange, people, trusted_keys

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
EXCHANGE = [
    path("uitwisseling/", exchange.exchange, name="exchange"),
    path("uitwisseling/inbrengen/", exchange.upload, name="upload"),
    path("uitwisseling/ophalen/<uuid:key_id>/", exchange.fetch, name="fetch"),
    path("uitwisseling/binnen/<uuid:incoming_id>/", exchange.incoming, name="incoming"),
    path("uitwisseling/binnen/<uuid:incoming_id>/weg/", exchange.drop, name="drop"),
    path("uitwisseling/kopie/<uuid:received_id>/", exchange.received, name="received"),
    path("uitwisseling/kopie/<uuid:received_id>/wijzigen/", exchange.change, name="change_copy"),
    path("uitwisseling/cijfers/", exchange.send_figures, name="send_figures"),
    path("uitwisseling/eruit/<uuid:issued_id>/", exchange.leaving, name="leaving"),
    path("uitwisseling/eruit/<uuid:issued_id>/bestand/", exchange.leaving_file, name="leaving_file"),
    path("uitwisseling/eruit/<uuid:issued_id>/terugnemen/", exchange.withdraw, name="withdraw"),
    path("uitwisseling/sleutels/", trusted_keys.trusted_keys, name="trusted_keys"),
    path("uitwisseling/sleutels/<uuid:key_id>/", trusted_keys.trusted_key, name="trusted_key"),
    path("uitwisseling/sleutels/<uuid:key_id>/intrekken/", trusted_keys.revoke, name="revoke_key"),
    path("aanbod/index.json", exchange.feed, name="feed"),
    path("aanbod/schema/<slug:name>.json", exchange.schema, name="bundle_schema"),
    path("aanbod/<str:file>", exchange.feed_file, name="feed_file"),
]
urlpatterns = [*CIRCLES, *EXCHANGE]
