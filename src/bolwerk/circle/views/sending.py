"""Preparing what leaves: a card, a lesson, what became of a card. Each is looked at before anybody signs it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.circle import access as circle_access
from bolwerk.circle.access import adoptions as adoption_access
from bolwerk.circle.access import cards as card_access
from bolwerk.circle.access import exchange as access
from bolwerk.circle.access import sessions as session_access
from bolwerk.circle.actions import exchange as actions
from bolwerk.circle.forms.exchange import YearForm
from bolwerk.circle.forms.sending import SendCardForm
from bolwerk.circle.queries import card_bundles as queries
from bolwerk.circle.queries import cards as answers
from bolwerk.circle.queries import pool_bundles as pools
from bolwerk.circle.queries.harvest import lesson_to_send
from bolwerk.circle.queries.sending import Sending
from bolwerk.circle.rules.bundles import BundleRefusedError


@signed_in("GET", "POST", roles=access.EXCHANGERS, per_object=True)
def send_card(request: SignedInRequest, card_id: UUID) -> HttpResponse:
    """Choose what comes along with a card; then look at all of it before it is signed."""
    card = card_access.card_to_send_or_404(request, card_id)
    version = answers.version_shown(answers.written_versions(card), card)
    along, behind = queries.files_to_send(card)
    form = SendCardForm(request.POST or None, files=along)
    if request.method == "POST" and form.is_valid():
        try:
            return _drafted(request, queries.card_to_send(card, version, form.luggage()))
        except BundleRefusedError as error:
            form.add_error("contact" if error.where == queries.CONTACT else None, str(error))
    page = {"card": card, "form": form, "behind": behind, "words": answers.Shown(version.card_content)}
    return render(request, "circle/exchange/send_card.html", page)


@signed_in("POST", roles=access.EXCHANGERS, per_object=True)
def send_report(request: SignedInRequest, adoption_id: UUID) -> HttpResponse:
    """Tell whoever made a card what became of it: prepared here, looked at on the next page."""
    adoption = adoption_access.adoption_or_404(request, adoption_id)
    sending = queries.report_to_send(adoption)
    try:
        if sending:
            return _drafted(request, sending)
        messages.warning(request, _("This card did not come from another installation: there is nobody to tell."))
    except BundleRefusedError as error:
        messages.error(request, _("It cannot leave like this. %(why)s") % {"why": error})
    return redirect("circle:adoption", adoption.pk)


@signed_in("POST", roles=access.ISSUERS, per_object=True)
def send_lesson(request: SignedInRequest, circle_id: UUID, harvest_id: UUID) -> HttpResponse:
    """Give a lesson or a quote of a session to everybody: green only, a quote only with a yes of who said it."""
    row = session_access.outward_words_or_404(request, circle_id, harvest_id)
    try:
        return _drafted(request, lesson_to_send(row))
    except BundleRefusedError as error:
        messages.error(request, _("It cannot leave like this. %(why)s") % {"why": error})
    return redirect("circle:session", circle_id, row.session_id)


@signed_in("GET", "POST", roles=access.EXCHANGERS)
def send_figures(request: SignedInRequest) -> HttpResponse:
    """Choose of which year the published figures of this municipality leave; then look at every one of them."""
    if not pools.gives_figures():
        raise Http404  # a host has no reports
    years = pools.years_to_send()
    form = YearForm(request.POST or None, years=years)
    if request.method == "POST":
        item = pools.aggregates_item(pools.REPORTS, form.cleaned_data["year"]) if form.is_valid() else None
        try:
            if item:
                return _drafted(request, item)
            messages.error(request, _("There are no published figures of that whole year."))
        except BundleRefusedError as error:
            messages.error(request, _("It cannot leave like this. %(why)s") % {"why": error})
    return render(request, "circle/exchange/send_figures.html", {"years": years})


@signed_in("POST", roles=access.ISSUERS, per_object=True)
def send_pool(request: SignedInRequest, circle_id: UUID, year: int) -> HttpResponse:
    """Give the pooled figures of a year back to the members, as a file that they read beside their own."""
    circle = circle_access.led_circle_or_404(request, circle_id)
    release = access.release_or_404(request, circle, year)
    try:
        return _drafted(request, pools.pool_to_send(release))
    except BundleRefusedError as error:
        messages.error(request, _("It cannot leave like this. %(why)s") % {"why": error})
    return redirect("circle:figures", circle.pk)


def _drafted(request: SignedInRequest, sending: Sending) -> HttpResponse:
    row = actions.draft(item=actions.Item(**vars(sending)), by=request.user, at=timezone.now())
    return redirect("circle:leaving", row.pk)
