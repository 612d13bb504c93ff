"""Installations that we trust: an administrator compares a fingerprint, gives an address, and revokes."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.circle.access import exchange as access
from bolwerk.circle.actions import exchange as actions
from bolwerk.circle.forms.exchange import FeedForm, TrustForm
from bolwerk.circle.queries import bundles as queries
from bolwerk.crypto.signing import fingerprint, own_signer


@signed_in("GET", "POST", roles=access.KEEPERS)
def trusted_keys(request: SignedInRequest) -> HttpResponse:
    """The installations whose key somebody compared, and adding one."""
    form, now = TrustForm(request.POST or None), timezone.now()
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        given = {name: data[name] for name in ("name", "municipality", "public", "feed")}
        try:
            key = actions.trust_key(by=request.user, at=now, **given)
            messages.success(request, _("What %(name)s signs can come in from now on.") % {"name": key.name})
            return redirect("circle:trusted_keys")
        except actions.KeyKnownError:
            form.add_error("public", _("This key stands in the list already. One that was revoked never comes back."))
    signer = own_signer(at=now)
    own = {"public": signer.public, "fingerprint": fingerprint(signer.public)}
    page = {"form": form, "keys": queries.trusted_keys(), "own": own}
    return render(request, "circle/exchange/trusted_keys.html", page)


@signed_in("GET", "POST", roles=access.KEEPERS, per_object=True)
def trusted_key(request: SignedInRequest, key_id: UUID) -> HttpResponse:
    """One installation: where it offers its items."""
    key = access.trusted_key_or_404(request, key_id)
    form = FeedForm(request.POST or None, initial={"feed": key.feed})
    if request.method == "POST" and form.is_valid():
        actions.set_feed(key=key, feed=form.cleaned_data["feed"], by=request.user, at=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("circle:trusted_keys")
    return render(request, "circle/exchange/trusted_key.html", {"form": form, "key": key})


@signed_in("POST", roles=access.KEEPERS, per_object=True)
def revoke(request: SignedInRequest, key_id: UUID) -> HttpResponse:
    """Trust nothing more of a key."""
    key = access.trusted_key_or_404(request, key_id)
    actions.revoke_key(key=key, by=request.user, at=timezone.now())
    messages.success(request, _("Nothing of %(name)s comes in any more with this key.") % {"name": key.name})
    return redirect("circle:trusted_keys")
