"""The first run in the browser: four small pages that exist only until the installation has begun."""

import base64
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts import actions, queries
from bolwerk.accounts.access import everybody
from bolwerk.accounts.forms.begin import AdministratorForm, CodeForm, InstallationForm, MailForm
from bolwerk.accounts.rules.logo import Logo

DRAFT = "begin"  # the answers so far, in the session; the password is never among them
STEPS = ("begin_installation", "begin_mail", "begin_administrator")


def _draft(request: HttpRequest) -> dict[str, Any]:
    """The answers so far. There is no such page once the installation has begun, nor before the code was right."""
    draft: dict[str, Any] | None = request.session.get(DRAFT)
    if queries.is_begun() or draft is None:
        raise Http404
    return draft


def _page(request: HttpRequest, name: str, **context: Any) -> HttpResponse:
    return render(request, f"accounts/begin/{name}.html", {"steps": len(STEPS), **context})


@everybody("GET", "POST")
def code(request: HttpRequest) -> HttpResponse:
    """The door: whoever knows the code of the server may begin."""
    if queries.is_begun():
        raise Http404
    actions.setup_code(folder=Path(settings.BOLWERK_DIR))
    form = CodeForm(request.POST or None)
    if form.is_valid():
        request.session.cycle_key()  # what was known of this session before the code is worth nothing after it
        request.session[DRAFT] = {}
        return redirect("begin_installation")
    return _page(request, "code", form=form)


@everybody("GET", "POST")
def installation(request: HttpRequest) -> HttpResponse:
    """Name, logo and look."""
    draft = _draft(request)
    form = InstallationForm(request.POST or None, request.FILES or None, initial=draft)
    if form.is_valid():
        logo: Logo | None = form.cleaned_data["logo"]
        draft |= {"name": form.cleaned_data["name"], "look": form.cleaned_data["look"]}
        if logo:
            draft["logo"] = [base64.b64encode(logo.data).decode(), logo.media_type]
        request.session[DRAFT] = draft
        return redirect("begin_mail")
    return _page(request, "installation", form=form, step=1, has_logo="logo" in draft)


@everybody("GET", "POST")
def mail(request: HttpRequest) -> HttpResponse:
    """The address of the first administrator, and whether mail reaches it."""
    draft = _draft(request)
    form = MailForm(request.POST or None, initial=draft)
    if form.is_valid():
        request.session[DRAFT] = draft | {"email": form.cleaned_data["email"]}
        if "test" not in request.POST:
            return redirect("begin_administrator")
        try:
            actions.send_test_mail(to=form.cleaned_data["email"])
        except actions.MailTestFailedError as error:
            return _page(request, "mail", form=form, step=2, failure=str(error))
        return _page(request, "mail", form=form, step=2, sent=True)
    return _page(request, "mail", form=form, step=2)


@everybody("GET", "POST")
def administrator(request: HttpRequest) -> HttpResponse:
    """The first administrator; then Bolwerk begins."""
    draft = _draft(request)
    if not {"name", "look", "email"} <= draft.keys():
        return redirect("begin_mail" if "name" in draft else "begin_installation")
    form = AdministratorForm(request.POST or None)
    if form.is_valid():
        return _begin(request, draft, form.cleaned_data)
    return _page(request, "administrator", form=form, step=3, email=draft["email"], municipality=draft["name"])


def _begin(request: HttpRequest, draft: dict[str, Any], answers: dict[str, Any]) -> HttpResponse:
    plan = actions.Beginning(
        name=draft["name"],
        look=draft["look"],
        logo=Logo(base64.b64decode(draft["logo"][0]), draft["logo"][1]) if "logo" in draft else None,
        administrator_email=draft["email"],
        administrator_name=answers["name"],
        password=answers["password"],
        with_examples=answers["content"] == "examples",
    )
    try:
        actions.begin(plan=plan, folder=Path(settings.BOLWERK_DIR), at=timezone.now())
    except actions.AlreadyBegunError as error:  # two people at once: the other one won
        raise Http404 from error
    request.session.flush()
    messages.success(request, _("Bolwerk is ready. Sign in, and set up your second step."))
    return redirect(settings.LOGIN_URL)
