"""Our own pages of sign-in; allauth's stand in routes.py."""

from allauth.account.views import login as allauth_login
from allauth.account.views import password_change
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bolwerk.accounts.access import SignedInRequest
from bolwerk.accounts.queries import is_empty
from bolwerk.accounts.signin import sessions
from bolwerk.accounts.signin.browsers import in_words
from bolwerk.accounts.signin.oidc.homes import offered
from bolwerk.accounts.signin.second_factor import factors_of


def login(request: HttpRequest) -> HttpResponse:
    """The door. Where nobody began yet there is nobody to sign in: whoever knocks is led to the first run."""
    if request.method == "GET" and is_empty():
        return redirect("begin")
    answer: HttpResponse = allauth_login(request)
    if isinstance(answer, TemplateResponse) and answer.context_data is not None:
        answer.context_data["homes"] = offered()
    return answer


def about_second_factor(request: SignedInRequest) -> HttpResponse:
    """Why somebody must set up a second factor, and the two ways to do so."""
    return render(request, "accounts/signin/second_factor.html", {"factors": factors_of(request.user)})


def my_sessions(request: SignedInRequest) -> HttpResponse:
    """Where I am signed in; end one of these, or all others."""
    mine = sessions.sessions_of(request.user)
    here = request.session.session_key or ""
    if request.method == "POST":
        wanted = request.POST.get("session", "")
        chosen = [s for s in mine if s.session_key != here and wanted in (str(s.pk), "others")]
        if not chosen and wanted != "others":
            raise Http404  # another person's session, the present one, or one that is over: nothing to be found here
        for session in chosen:
            sessions.end_session(session=session, by=request.user.urn, at=timezone.now())
        sentence = ngettext("%(count)d session was ended.", "%(count)d sessions were ended.", len(chosen))
        messages.success(request, sentence % {"count": len(chosen)})
        return redirect("signin_sessions")
    named = [(session, in_words(session.user_agent)) for session in mine]
    return render(request, "accounts/signin/sessions.html", {"sessions": named, "here": here})


def change_password(request: HttpRequest) -> HttpResponse:
    """Replace my password. Who comes in by single sign-on has none here."""
    if not request.user.has_usable_password():  # type: ignore[union-attr]  # only people who signed in get here
        raise Http404
    answer: HttpResponse = password_change(request)
    if request.method == "POST" and answer.status_code == 302:
        messages.success(request, _("Your new password works from now on. Your other sessions have ended."))
    return answer
