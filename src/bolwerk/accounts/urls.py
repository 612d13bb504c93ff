"""Addresses of people and sign-in."""

from django.urls import URLPattern, path

from bolwerk.accounts.rules import FileKind
from bolwerk.accounts.views import begin, departments, importing, installation, people, profile, staffing, ways_back

urlpatterns: list[URLPattern] = [
    path("begin/", begin.code, name="begin"),
    path("begin/gemeente/", begin.installation, name="begin_installation"),
    path("begin/mail/", begin.mail, name="begin_mail"),
    path("begin/beheerder/", begin.administrator, name="begin_administrator"),
    path("huisstijl/", installation.change, name="installation_change"),
    path("huisstijl/logo", installation.logo, name="installation_logo"),
    path("huisstijl/look.css", installation.look, name="installation_look"),
    path("profiel/", profile.profile, name="profile"),
    path("mensen/", people.people, name="people"),
    path("mensen/nieuw/", people.add_person, name="person_add"),
    path("mensen/<uuid:person_id>/", people.person, name="person"),
    path("mensen/<uuid:person_id>/wijzigen/", people.change_person, name="person_change"),
    path("mensen/<uuid:person_id>/inactief/", people.deactivate, name="person_deactivate"),
    path("mensen/<uuid:person_id>/terug/", people.reactivate, name="person_reactivate"),
    path("mensen/<uuid:person_id>/opnieuw/", ways_back.way_back, name="person_way_back"),
    path("mensen/<uuid:person_id>/opnieuw/<uuid:way_back_id>/akkoord/", ways_back.agree, name="way_back_agree"),
    path("mensen/<uuid:person_id>/opnieuw/<uuid:way_back_id>/stoppen/", ways_back.stop, name="way_back_end"),
    path("inloggen/opnieuw/<str:token>/", ways_back.stop_by_mail, name="way_back_stop"),
    path("mensen/<uuid:person_id>/rol/", people.give_role, name="role_give"),
    path("mensen/<uuid:person_id>/rol/<uuid:grant_id>/", people.withdraw_role, name="role_withdraw"),
    path("mensen/inlezen/", importing.choose, {"kind": FileKind.PEOPLE}, name="people_import"),
    path("mensen/voorbeeld.csv", importing.example, {"kind": FileKind.PEOPLE}, name="people_example"),
    path("afdelingen/inlezen/", importing.choose, {"kind": FileKind.DEPARTMENTS}, name="departments_import"),
    path("afdelingen/voorbeeld.csv", importing.example, {"kind": FileKind.DEPARTMENTS}, name="departments_example"),
    path("inlezen/<uuid:file_id>/", importing.preview, name="people_file"),
    path("inlezen/<uuid:file_id>/weg/", importing.forget, name="people_file_forget"),
    path("rollen/", people.roles, name="roles"),
    path("afdelingen/", departments.departments, name="departments"),
    path("afdelingen/nieuw/", departments.add, name="department_add"),
    path("afdelingen/formatie/", staffing.this_year, name="staffing"),
    path("afdelingen/formatie/<int:year>/", staffing.staffing, name="staffing_of"),
    path("afdelingen/<uuid:department_id>/", departments.change, name="department"),
    path("afdelingen/<uuid:department_id>/sluiten/", departments.close, name="department_close"),
]
