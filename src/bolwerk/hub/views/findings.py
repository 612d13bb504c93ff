"""Findings: the list with its map, one finding, the first look, and the file."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.hub import access, actions, queries
from bolwerk.hub.forms import ExportForm, KnownOnForm, ReviewForm
from bolwerk.hub.forms.findings import CSV
from bolwerk.hub.rules.reviews import ExpiredError, Verdict, VerdictNotAllowedError, verdicts_from
from bolwerk.hub.views import CONFLICT
from bolwerk.hub.views.taking_out import download
from bolwerk.ui.exports import csv_response
from bolwerk.ui.lists import Page, list_page
from bolwerk.ui.maps import Map
from knooppunt.findings.export import NoReasonError
from knooppunt.vault import VaultError


def _page(request: HttpRequest, rules: frozenset[str]) -> Page:
    spec = queries.findings_spec(rules, on=timezone.localdate())
    return list_page(spec, request, queries.findings(rules))


def _asked(request: HttpRequest) -> KnownOnForm:
    """As known on which day? Asked in the address; nothing is now."""
    return KnownOnForm(request.GET, today=timezone.localdate())


def _page_of(request: HttpRequest, rules: frozenset[str], asked: KnownOnForm) -> tuple[Page, queries.Known | None]:
    """A page of the list, as it is now or as it was known on the day that is asked."""
    if asked.day is None:
        return _page(request, rules), None
    known = queries.known_on(rules, on=asked.day)
    return list_page(queries.known_spec(rules, on=asked.day, held=asked.held), request, known.findings), known


@signed_in("GET", roles=access.READERS)
def findings(request: SignedInRequest) -> HttpResponseBase:
    """List what the rules in use found, with a map of the same beside it; a file of it needs a reason first."""
    today = timezone.localdate()
    registers = access.in_use(on=today)
    rules = queries.rules_on(today, codes=registers)
    asked = _asked(request)
    page, known = _page_of(request, rules, asked)
    if page.wants_csv and known is None:
        return redirect(f"{reverse('hub:export')}?{page.view_query}")
    used = ",".join([*(one.filter.name for one in page.choices if one.chosen != one.filter.off), *asked.held])
    shown = len(page.rows)
    actions.record_reading(what=actions.What.FINDINGS, by=request.user, at=timezone.now(), shown=shown, filters=used)
    points = f"{reverse('hub:points')}?{page.view_query}&found={page.query.get('found', '')}"
    drawing = Map(title=_("On the map"), points=points, **_ground(asked, registers)) if page.rows else None
    asked_rule = next((one.chosen for one in page.choices if one.filter.name == "rule"), "")
    shown_page = {
        "lacking": queries.lacking_now(asked_rule) if known is None else None,
        "page": page,
        "drawing": drawing,
        "batch": known.batch if known else queries.last_batch(),
        "asked": asked,
        "known": known,
        "rules": rules,
        "may_work": bool(access.ANALYSTS & request.roles) and known is None,
        "tabs": queries.tabs_of(request.roles),
    }
    return render(request, "hub/findings.html", shown_page)


def _ground(asked: KnownOnForm, registers: frozenset[str]) -> dict[str, Any]:
    """Where a map of this room gets its ground, and where a point on it leads."""
    borders = queries.borders_drawn(registers, day=asked.day, known_on=asked.day)
    return {
        "borders": f"{reverse('hub:borders')}{asked.query}" if borders else "",
        "legend": borders.said if borders else "",
        "ground": reverse("hub:ground"),
        "outlines": reverse("hub:buildings"),
        "leads_to": reverse("hub:finding", args=[UUID(int=0)]).replace(str(UUID(int=0)), "ID") + asked.query,
    }


@signed_in("GET", roles=access.READERS)
def points(request: SignedInRequest) -> HttpResponse:
    """Every finding of the list as a point: what the map beside it draws."""
    today = timezone.localdate()
    asked = _asked(request)
    page, _known = _page_of(request, queries.rules_on(today), asked)
    points_on = queries.points_of if asked.day is None else queries.points_known
    answer = points_on(page, on=asked.day or today)
    shown, used = len(answer["points"]), ",".join(asked.held)
    actions.record_reading(what=actions.What.MAP, by=request.user, at=timezone.now(), shown=shown, filters=used)
    return JsonResponse(answer)


@signed_in("GET", roles=access.READERS)
def ground(_request: SignedInRequest) -> HttpResponse:
    """The built-up area under the map. Open data of the BAG, so looking at it is no line in the trail."""
    return JsonResponse(queries.ground())


@signed_in("GET", roles=access.READERS)
def borders(request: SignedInRequest) -> HttpResponse:
    """The borders of neighbourhoods as GeoJSON, of then when looking back; nothing while their register is off."""
    asked = _asked(request)
    registers = access.in_use(on=timezone.localdate())
    found = queries.borders_drawn(registers, day=asked.day, known_on=asked.day)
    return JsonResponse(queries.borders_collection(found))


@signed_in("GET", roles=access.READERS)
def buildings(request: SignedInRequest) -> HttpResponse:
    """The buildings in view (degrees); nothing when the address makes no sense."""
    try:
        west, south, east, north = (float(request.GET[side]) for side in ("west", "south", "east", "north"))
        return JsonResponse(queries.buildings(west=west, south=south, east=east, north=north))
    except (KeyError, ValueError, OverflowError):
        return JsonResponse({"type": "FeatureCollection", "features": []})


@signed_in("GET", roles=access.READERS, per_object=True)
def finding(request: SignedInRequest, finding_id: UUID) -> HttpResponse:
    """Show one finding: why it matters, what was computed, when it means nothing, what it rests on, and what to do."""
    today = timezone.localdate()
    registers = access.in_use(on=today)
    rules = queries.rules_on(today, codes=registers)
    found = access.finding_or_404(request, finding_id, rules=rules)
    asked = _asked(request)
    used = ",".join(asked.held)
    actions.record_reading(
        what=actions.What.FINDING, subject=found.urn, by=request.user, at=timezone.now(), filters=used
    )
    known = queries.known_on(rules, on=asked.day) if asked.day else None
    then = queries.as_then(found, known) if known else found
    page = {"finding": found, "title": queries.rule_title(found.rule), "asked": asked, "known": known}
    if then is None:
        return render(request, "hub/finding_unknown.html", page)
    page |= queries.standing(then, on=asked.day or today, back=known is not None)
    page |= queries.behind(then, known_on=asked.day)
    page |= queries.beside(then, queries.findings(rules), on=asked.day or today, known=known)
    page |= {
        "readers": queries.readers(on=today),
        "may_work": bool(access.ANALYSTS & request.roles) and known is None,
        "drawing": Map(title=_("Where it is"), **_ground(asked, registers), **queries.spot(then))
        if then.longitude
        else None,
    }
    return render(request, "hub/finding.html", page)


@signed_in("GET", "POST", roles=access.ANALYSTS, per_object=True)
def review(request: SignedInRequest, finding_id: UUID) -> HttpResponse:
    """Say what the first look gave, with a reason."""
    now, today = timezone.now(), timezone.localdate()
    found = access.finding_or_404(request, finding_id, rules=queries.rules_on(today))
    verdicts = verdicts_from(Verdict(found.verdict))
    form = ReviewForm(request.POST or None, initial={"seen": found.version}, verdicts=verdicts)
    page = {"finding": found, "form": form, "headline": queries.headline(found), "expired": found.is_expired(on=today)}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        said = actions.Said(Verdict(data["verdict"]), data["reason"], data["seen"])
        try:
            actions.review(finding=found, said=said, by=request.user, at=now, on=today)
        except actions.ChangedMeanwhileError:
            form.show_conflict(version=found.version)
            return render(request, "hub/review.html", page, status=CONFLICT)
        except ExpiredError:
            form.add_error(None, _("This finding has expired and may no longer be used. Look for findings again."))
        except VerdictNotAllowedError:
            form.add_error("verdict", _("This is not possible now. Look at the finding again."))
        else:
            return redirect("hub:finding", found.pk)
    return render(request, "hub/review.html", page)


def _made(request: SignedInRequest, form: ExportForm, page: Page) -> actions.TakenOut | None:
    """The file out of the vault; None when it could not be made, which the form then says."""
    given = {"kind": form.cleaned_data["kind"], "reason": form.cleaned_data["reason"]}
    rows = page.found.select_related("batch")
    try:
        return actions.take_out(rows=rows, **given, by=request.user, at=timezone.now())
    except NoReasonError:
        form.add_error("reason", _("Say it in a few words, not in one."))
    except VaultError:
        form.add_error(None, _("The vault cannot be read, or no longer has these findings. Nothing was made."))
    return None


@signed_in("GET", "POST", roles=access.ANALYSTS)
def export(request: SignedInRequest) -> HttpResponseBase:
    """Ask why, write that down, and give the rows of the list as filtered in the address."""
    now, today = timezone.now(), timezone.localdate()
    rules = queries.rules_on(today)
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        spec = queries.export_spec(rules, by=request.user, at=now, on=today, reason=reason)
        page = list_page(spec, request, queries.findings(rules))
        if form.cleaned_data["kind"] == CSV:
            actions.record_export(rows=page.count, reason=reason, by=request.user, at=now)
            return csv_response(page)
        made = _made(request, form, page)
        if made is not None:
            return download(made)
    return render(request, "hub/export.html", {"form": form, "page": _page(request, rules)})
