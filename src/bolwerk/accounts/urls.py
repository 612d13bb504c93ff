"""Addresses of people and sign-in."""

from django.urls import URLPattern, path

from bolwerk.accounts.signin import routes as signin
from bolwerk.accounts.views import begin, installation

urlpatterns: list[URLPattern] = [
    *signin.urlpatterns,
    path("begin/", begin.code, name="begin"),
    path("begin/gemeente/", begin.installation, name="begin_installation"),
    path("begin/mail/", begin.mail, name="begin_mail"),
    path("begin/beheerder/", begin.administrator, name="begin_administrator"),
    path("huisstijl/", installation.change, name="installation_change"),
    path("huisstijl/logo", installation.logo, name="installation_logo"),
    path("huisstijl/look.css", installation.look, name="installation_look"),
]
