"""Pages of the functional administrator: who the trustees are, and asking them to open a vault for a successor."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.accounts.signin.recent import ask_again
from bolwerk.vault import access, actions, queries
from bolwerk.vault.forms import AppointForm, SuccessionForm


@signed_in("GET", roles=access.MANAGERS)
def managing(request: SignedInRequest) -> HttpResponse:
    """The trustees, how many vaults they cover, and what I asked of them."""
    covered, vaults = queries.coverage()
    page = {"trustees": queries.running_trustees(), "covered": covered, "vaults": vaults}
    page["requests"] = access.open_requests_of(request.user)
    return render(request, "vault/managing.html", page)


@signed_in("GET", "POST", roles=access.MANAGERS)
def appoint(request: SignedInRequest) -> HttpResponse:
    """Ask somebody to be a trustee."""
    if answer := ask_again(request):
        return answer
    form = AppointForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = form.cleaned_data["person"]
        try:
            actions.appoint_trustee(person=person, by=request.user.urn, at=timezone.now())
        except actions.AlreadyTrusteeError:
            messages.info(request, _("%(name)s was asked already.") % {"name": person.name})
        else:
            messages.success(request, _("%(name)s was asked to be a trustee.") % {"name": person.name})
        return redirect("vault:managing")
    return render(request, "vault/appoint.html", {"form": form})


@signed_in("GET", "POST", roles=access.MANAGERS)
def end_trust(request: SignedInRequest, trustee_id: UUID) -> HttpResponse:
    """Let somebody be a trustee no longer: says first what that takes away."""
    if answer := ask_again(request):
        return answer
    trustee = access.trustee_or_404(trustee_id)
    if request.method != "POST":
        return render(request, "vault/end_trust.html", {"trustee": trustee})
    actions.end_trust(trustee=trustee, by=request.user.urn, at=timezone.now())
    messages.success(request, _("%(name)s is no trustee any more.") % {"name": trustee.person.name})
    return redirect("vault:managing")


@signed_in("GET", "POST", roles=access.MANAGERS)
def succession(request: SignedInRequest) -> HttpResponse:
    """Ask two trustees to open somebody's vault for a successor."""
    if answer := ask_again(request):
        return answer
    form = SuccessionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {
            "owner": form.owner,
            "successor": form.cleaned_data["successor"],
            "reason": form.cleaned_data["reason"],
        }
        try:
            actions.ask_for_successor(by=request.user, at=timezone.now(), **given)
        except actions.NoEscrowError:
            form.add_error(None, _("No two trustees can open this vault: it was not split over those of now."))
        except actions.RequestExistsError:
            form.add_error(None, _("There is an open request for this vault already."))
        except actions.NoVaultError:
            form.add_error(None, _("One of these two has no vault any more."))
        else:
            messages.success(request, _("The trustees were asked. Two of them must agree."))
            return redirect("vault:managing")
    return render(request, "vault/succession.html", {"form": form})
