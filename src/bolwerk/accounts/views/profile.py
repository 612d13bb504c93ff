"""What somebody sees and changes about himself."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from bolwerk.accounts import actions, queries
from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.accounts.forms.people import ProfileForm
from bolwerk.accounts.rules import Role
from bolwerk.accounts.rules.meanings import MEANINGS


@signed_in("GET", "POST")
def profile(request: SignedInRequest) -> HttpResponse:
    """My name and language, my department and my roles."""
    me = request.user
    form = ProfileForm(request.POST or None, initial={"name": me.name, "language": me.language})
    if form.is_valid():
        language = form.chosen_language()
        actions.change_own_profile(person=me, name=form.cleaned_data["name"], language=language, at=timezone.now())
        with override(language or request.LANGUAGE_CODE):
            messages.success(request, _("Your profile was changed."))
        response = redirect("profile")
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)  # the profile decides from now on
        return response
    today = timezone.localdate()
    running = [grant for grant in queries.grants_of(me) if grant.withdrawn_at is None]
    roles = [(grant, MEANINGS[Role(grant.role)]) for grant in running if not grant.ends_on or grant.ends_on >= today]
    return render(request, "accounts/profile.html", {"form": form, "person": me, "roles": roles})
