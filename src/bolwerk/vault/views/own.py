"""My vault: making it, opening and closing it, another phrase, another code."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.vault import actions, queries
from bolwerk.vault.forms import ChangeForm, MakeForm, PhraseForm
from bolwerk.vault.opened import OpenVault
from bolwerk.vault.rules.escrow import TooFewTrusteesError
from bolwerk.vault.session import keep_open, open_until, shut
from bolwerk.vault.views.proving import attempt, told


@signed_in("GET")
def mine(request: SignedInRequest) -> HttpResponse:
    """How my vault stands, and what I can do with it."""
    vault = queries.own_vault(request.user)
    until = open_until(request, at=timezone.now())
    if vault is None:
        return render(request, "vault/none.html", {"invited": queries.is_invited(request.user)})
    return render(request, "vault/mine.html", {"vault": vault, "until": until})


def show_code(request: SignedInRequest, *, vault: OpenVault, code: str, first: bool = False) -> HttpResponse:
    """The page to print, shown once: the code is nowhere but in this answer. The vault is open from here on."""
    page = {"groups": code.split("-"), "vault": vault.key, "first": first, "person": request.user}
    response = render(request, "vault/code.html", page)
    keep_open(request, response, vault=vault, at=timezone.now())
    return response


@signed_in("GET", "POST")
def make(request: SignedInRequest) -> HttpResponse:
    """Make my vault: choose a phrase, then print the code."""
    if queries.has_vault(request.user):
        return redirect("vault:mine")
    trustees = queries.trustees_for(request.user)
    start = {"seen": queries.mark_of(person.pk for person in trustees)}
    form = MakeForm(request.POST or None, initial=start, person=request.user, trustees=trustees)
    if request.method == "POST" and form.is_valid():
        now, phrase = timezone.now(), form.cleaned_data["new_phrase"]
        try:
            made = told(form, lambda: actions.make_vault(person=request.user, phrase=phrase, at=now))
        except actions.VaultExistsError:
            return redirect("vault:mine")
        if made:
            _split_if_wanted(request, made[0], form)
            return show_code(request, vault=made[0], code=made[1], first=True)
    page = {"form": form, "suggestion": queries.suggested_phrase()}
    return render(request, "vault/make.html", page, status=form.status)


def _split_if_wanted(request: SignedInRequest, vault: OpenVault, form: MakeForm) -> None:
    if not form.cleaned_data.get("with_trustees"):
        return
    try:
        actions.split_over_trustees(vault=vault, seen=form.cleaned_data["seen"], at=timezone.now())
    except (actions.TrusteesChangedError, TooFewTrusteesError):
        messages.warning(request, _("The trustees changed just now. Look at them under “My vault” and agree there."))


@signed_in("GET", "POST")
def open_(request: SignedInRequest) -> HttpResponse:
    """Open my vault and go on where I was."""
    if not queries.has_vault(request.user):
        return redirect("vault:mine")
    form = PhraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now, phrase = timezone.now(), form.cleaned_data["phrase"]
        vault = attempt(request, form, lambda: actions.open_vault(person=request.user, phrase=phrase, at=now))
        if vault:
            response = redirect(_next(request))
            keep_open(request, response, vault=vault, at=timezone.now())
            return response
    return render(request, "vault/open.html", {"form": form}, status=form.status)


def _next(request: SignedInRequest) -> str:
    wanted = request.GET.get("next", "")
    here = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/")
    return wanted if here else reverse("vault:mine")


@signed_in("POST")
def close(request: SignedInRequest) -> HttpResponse:
    """Close my vault in this session."""
    response = redirect("vault:mine")
    shut(request, response)
    return response


@signed_in("GET", "POST")
def change_phrase(request: SignedInRequest) -> HttpResponse:
    """Choose another phrase, knowing the one of now."""
    if not queries.has_vault(request.user):
        return redirect("vault:mine")
    form = ChangeForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        phrase = form.cleaned_data["phrase"]
        vault = attempt(request, form, lambda: _changed(request, phrase, form.cleaned_data["new_phrase"]))
        if vault:
            messages.success(request, _("Your vault phrase was changed. The old one no longer works."))
            response = redirect("vault:mine")
            keep_open(request, response, vault=vault, at=timezone.now())
            return response
    page = {"form": form, "suggestion": queries.suggested_phrase()}
    return render(request, "vault/change_phrase.html", page, status=form.status)


def _changed(request: SignedInRequest, phrase: str, new_phrase: str) -> OpenVault:
    now = timezone.now()
    vault = actions.open_vault(person=request.user, phrase=phrase, at=now)
    return actions.change_phrase(vault=vault, phrase=new_phrase, at=now)


@signed_in("GET", "POST")
def renew_code(request: SignedInRequest) -> HttpResponse:
    """Make a new recovery code; the printed one no longer works."""
    if not queries.has_vault(request.user):
        return redirect("vault:mine")
    form = PhraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        phrase = form.cleaned_data["phrase"]
        renewed = attempt(request, form, lambda: _renewed(request, phrase))
        if renewed:
            return show_code(request, vault=renewed[0], code=renewed[1])
    return render(request, "vault/renew_code.html", {"form": form}, status=form.status)


def _renewed(request: SignedInRequest, phrase: str) -> tuple[OpenVault, str]:
    now = timezone.now()
    vault = actions.open_vault(person=request.user, phrase=phrase, at=now)
    return actions.renew_code(vault=vault, at=now)
