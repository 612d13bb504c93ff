"""Pages about trustees: agreeing with them for my own vault, and the desk of a trustee."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.vault import access, actions, queries
from bolwerk.vault.forms import AgreementForm, HandOverForm, PhraseForm, SecretForm, TrusteesForm
from bolwerk.vault.opened import OpenVault
from bolwerk.vault.rules.escrow import TooFewTrusteesError
from bolwerk.vault.views.proving import ask_for_phrase, attempt, open_vault_of


@signed_in("GET", "POST")
def trustees(request: SignedInRequest) -> HttpResponse:
    """Who can open my vault together, and agreeing with that or not."""
    mine = queries.own_vault(request.user)
    if mine is None:
        return redirect("vault:mine")
    form = TrusteesForm(request.POST or None, initial={"seen": queries.mark_of(p.pk for p in mine.escrow.trustees)})
    if request.method == "POST" and form.is_valid():
        vault = open_vault_of(request)
        if vault is None:
            return ask_for_phrase(request)
        if "keep" in request.POST:
            actions.keep_from_trustees(vault=vault, at=timezone.now())
            messages.success(request, _("From now on nobody but you opens your vault."))
            return redirect("vault:mine")
        try:
            actions.split_over_trustees(vault=vault, seen=form.cleaned_data["seen"], at=timezone.now())
        except (actions.TrusteesChangedError, TooFewTrusteesError):
            messages.warning(request, _("The trustees changed just now. Look again who they are."))
            return redirect("vault:trustees")
        messages.success(request, _("From now on two of these trustees together can open your vault."))
        return redirect("vault:mine")
    return render(request, "vault/trustees.html", {"vault": mine, "form": form})


@signed_in("GET", "POST", per_object=True)
def desk(request: SignedInRequest) -> HttpResponse:
    """What waits for me as a trustee; or accepting to be one."""
    trusteeship = access.trusteeship(request)
    form = PhraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        accepted = attempt(request, form, lambda: actions.accept_trust(vault=_opened(request, form), at=now))
        if accepted:
            messages.success(request, _("You are a trustee from now on."))
            return redirect("vault:desk")
    page = {"trusteeship": trusteeship, "form": form, "has_vault": queries.has_vault(request.user)}
    page["requests"] = access.requests_to_judge(request.user)
    page["others"] = queries.trustees_for(request.user)
    return render(request, "vault/desk.html", page, status=form.status)


def _opened(request: SignedInRequest, form: SecretForm) -> OpenVault:
    """The vault of this person, opened with the phrase in the form: what a trustee does is never a click too many."""
    return actions.open_vault(person=request.user, phrase=form.cleaned_data["phrase"], at=timezone.now())


@signed_in("GET", "POST", per_object=True)
def judge(request: SignedInRequest, request_id: UUID) -> HttpResponse:
    """Agree with a request to open a vault, or refuse it."""
    found = access.request_to_judge(request, request_id)
    form = AgreementForm(request.POST if "refuse" not in request.POST and request.method == "POST" else None)
    try:
        if request.method == "POST" and "refuse" in request.POST:
            actions.refuse(request=found, by=request.user, at=timezone.now())
            messages.success(request, _("Refused. Nothing was opened."))
            return redirect("vault:desk")
        if request.method == "POST" and form.is_valid():
            now = timezone.now()
            if attempt(request, form, lambda: actions.agree(request=found, vault=_opened(request, form), at=now)):
                messages.success(request, _("You agreed. That stands in the log with your name."))
                return redirect("vault:desk")
    except actions.RequestClosedError:
        messages.info(request, _("This request was closed already."))
        return redirect("vault:desk")
    except actions.AgreedAlreadyError:
        messages.info(request, _("You agreed already. Now another trustee has to."))
        return redirect("vault:desk")
    except actions.HoldsNoHalfError:
        form.add_error(None, _("You hold no half of this vault that fits: another trustee has to agree."))
    page = {"asked": found, "form": form, "agreed": found.first_id == request.user.pk}
    return render(request, "vault/judge.html", page, status=form.status)


@signed_in("GET", "POST", per_object=True)
def hand_over(request: SignedInRequest) -> HttpResponse:
    """Stop as a trustee, and give what I hold to another one."""
    access.trusteeship(request)
    others = queries.trustees_for(request.user)
    form = HandOverForm(request.POST or None, others=others)
    if request.method == "POST" and form.is_valid():
        to, now = form.cleaned_data["to"], timezone.now()
        try:
            moved = attempt(request, form, lambda: actions.hand_over(vault=_opened(request, form), to=to, at=now))
            if moved is not None:
                messages.success(request, _("You handed over to %(name)s. You are no trustee any more.") % {"name": to})
                return redirect("vault:mine")
        except actions.NotATrusteeError:
            form.add_error("to", _("This colleague is no trustee any more. Choose another one."))
    return render(request, "vault/hand_over.html", {"form": form, "others": others}, status=form.status)
