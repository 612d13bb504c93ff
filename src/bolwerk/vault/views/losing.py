"""When phrase or code is lost: the code, two trustees, or starting over."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.vault import access, actions, queries
from bolwerk.vault.forms import AskForm, PhraseForm, RecoverForm, StartOverForm
from bolwerk.vault.views.own import show_code
from bolwerk.vault.views.proving import ask_for_phrase, attempt, open_vault_of, told


@signed_in("GET")
def lost(request: SignedInRequest) -> HttpResponse:
    """The three ways back, from the least to the most that is lost."""
    vault = queries.own_vault(request.user)
    return render(request, "vault/lost.html", {"vault": vault}) if vault else redirect("vault:mine")


@signed_in("GET", "POST")
def recover(request: SignedInRequest) -> HttpResponse:
    """Open my vault with the printed code, and choose a new phrase."""
    if not queries.has_vault(request.user):
        return redirect("vault:mine")
    form = RecoverForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        given = {"code": form.cleaned_data["code"], "phrase": form.cleaned_data["new_phrase"]}
        now = timezone.now()
        found = attempt(request, form, lambda: actions.recover(person=request.user, at=now, **given))
        if found:
            return show_code(request, vault=found[0], code=found[1])
    page = {"form": form, "suggestion": queries.suggested_phrase()}
    return render(request, "vault/recover.html", page, status=form.status)


@signed_in("GET", "POST")
def start_over(request: SignedInRequest) -> HttpResponse:
    """Give up a vault that nobody can open any more, and make a new, empty one."""
    if not queries.has_vault(request.user):
        return redirect("vault:mine")
    form = StartOverForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        now, phrase = timezone.now(), form.cleaned_data["new_phrase"]
        made = told(form, lambda: actions.start_over(person=request.user, phrase=phrase, at=now))
        if made:
            return show_code(request, vault=made[0], code=made[1], first=True)
    loss = queries.loss_of_starting_over(request.user)
    page = {"form": form, "suggestion": queries.suggested_phrase(), "loss": loss}
    return render(request, "vault/start_over.html", page, status=form.status)


@signed_in("GET", "POST")
def ask(request: SignedInRequest) -> HttpResponse:
    """Ask two trustees to open my vault."""
    vault = queries.own_vault(request.user)
    if vault is None or vault.requests or not vault.escrow.is_split:
        return redirect("vault:lost")
    form = AskForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        given = {"phrase": form.cleaned_data["new_phrase"], "reason": form.cleaned_data["reason"]}
        now = timezone.now()
        try:
            if told(form, lambda: actions.ask_for_owner(person=request.user, at=now, **given)):
                return redirect("vault:mine")
        except actions.RequestExistsError:  # another window
            return redirect("vault:mine")
        except actions.NoEscrowError:
            return redirect("vault:lost")
    page = {"form": form, "suggestion": queries.suggested_phrase(), "escrow": vault.escrow}
    return render(request, "vault/ask.html", page, status=form.status)


@signed_in("GET", "POST")
def receive(request: SignedInRequest) -> HttpResponse:
    """Get my vault back after two trustees opened it."""
    vault = queries.own_vault(request.user)
    if vault is None or not vault.is_returned:
        return redirect("vault:mine")
    form = PhraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now, phrase = timezone.now(), form.cleaned_data["phrase"]
        try:
            found = attempt(request, form, lambda: actions.receive_own(person=request.user, phrase=phrase, at=now))
        except actions.RequestClosedError:  # another window
            return redirect("vault:mine")
        if found:
            return show_code(request, vault=found[0], code=found[1])
    return render(request, "vault/receive.html", {"form": form, "vault": vault}, status=form.status)


@signed_in("POST", per_object=True)
def withdraw(request: SignedInRequest, request_id: UUID) -> HttpResponse:
    """Take a request to open a vault back."""
    found = access.request_to_withdraw(request, request_id)
    try:
        actions.withdraw(request=found, by=request.user, at=timezone.now())
    except actions.RequestClosedError:
        messages.info(request, _("This request was closed already."))
    else:
        messages.success(request, _("The request was taken back. Nothing was opened."))
    return redirect("vault:managing" if request.roles & access.MANAGERS else "vault:mine")


@signed_in("GET", "POST", per_object=True)
def take_over(request: SignedInRequest, request_id: UUID) -> HttpResponse:
    """Take over what a predecessor could read."""
    found = access.request_to_receive(request, request_id)
    if request.method != "POST":
        return render(request, "vault/take_over.html", {"asked": found})
    vault = open_vault_of(request)
    if vault is None:
        return ask_for_phrase(request)
    try:
        count = actions.take_over(request=found, vault=vault, at=timezone.now())
    except actions.RequestClosedError:
        messages.info(request, _("This request was closed already."))
    else:
        messages.success(request, _("Taken over: %(count)s sealed envelopes now open for you.") % {"count": count})
    return redirect("vault:notes")
