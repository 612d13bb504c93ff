"""Addresses of vaults and of sealed notes."""

from django.urls import path

from bolwerk.vault.views import losing, managing, notes, own, trustees

app_name = "vault"
urlpatterns = [
    path("mijn/", own.mine, name="mine"),
    path("mijn/maken/", own.make, name="make"),
    path("mijn/openen/", own.open_, name="open"),
    path("mijn/sluiten/", own.close, name="close"),
    path("mijn/kluiszin/", own.change_phrase, name="change_phrase"),
    path("mijn/noodcode/", own.renew_code, name="renew_code"),
    path("mijn/kwijt/", losing.lost, name="lost"),
    path("mijn/kwijt/noodcode/", losing.recover, name="recover"),
    path("mijn/kwijt/bewaarders/", losing.ask, name="ask"),
    path("mijn/kwijt/opnieuw/", losing.start_over, name="start_over"),
    path("mijn/terug/", losing.receive, name="receive"),
    path("mijn/verzoeken/<uuid:request_id>/intrekken/", losing.withdraw, name="withdraw"),
    path("mijn/verzoeken/<uuid:request_id>/overnemen/", losing.take_over, name="take_over"),
    path("mijn/bewaarders/", trustees.trustees, name="trustees"),
    path("mijn/bewaarder/", trustees.desk, name="desk"),
    path("mijn/bewaarder/overdragen/", trustees.hand_over, name="hand_over"),
    path("mijn/bewaarder/verzoeken/<uuid:request_id>/", trustees.judge, name="judge"),
    path("beheer/", managing.managing, name="managing"),
    path("beheer/bewaarder/", managing.appoint, name="appoint"),
    path("beheer/bewaarder/<uuid:trustee_id>/", managing.end_trust, name="end_trust"),
    path("beheer/opvolging/", managing.succession, name="succession"),
    path("notities/", notes.notes, name="notes"),
    path("notities/nieuw/", notes.write_note, name="write_note"),
    path("notities/<uuid:note_id>/", notes.note, name="note"),
    path("notities/<uuid:note_id>/lezers/", notes.readers, name="readers"),
    path("notities/<uuid:note_id>/lezers/<uuid:person_id>/", notes.revoke, name="revoke"),
    path("notities/<uuid:note_id>/vernietigen/", notes.destroy, name="destroy"),
]
