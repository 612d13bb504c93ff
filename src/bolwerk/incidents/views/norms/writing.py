"""Writing a version of a norm, and adopting it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.incidents import access, actions
from bolwerk.incidents.actions import norms as steps
from bolwerk.incidents.forms.norms import NormMoveForm, ProtocolForm, RuleForm
from bolwerk.incidents.queries import norms as answers
from bolwerk.incidents.rules.norms import NormError, NormMove, RuleText, derived
from bolwerk.incidents.views.norms.reading import SLUGS

CONFLICT = 409
MOVES = {slug: move for move, slug in SLUGS.items()}


@signed_in("POST", roles=access.NORM_WRITERS)
def begin_norm(request: SignedInRequest) -> HttpResponse:
    """Begin the next version of the organisation's norm, from the one that holds or the default."""
    latest = answers.versions_of().first()
    rules = latest.texts() if latest else answers.default_rules()
    try:
        norm = steps.begin_norm(rules=rules, department=None, base=None, by=request.user, at=timezone.now())
    except NormError as error:
        messages.error(request, str(error.text))
        return redirect("incidents:norm")
    return redirect("incidents:norm_version", norm.pk)


@signed_in("POST", roles=access.NORM_TEAM_ROLES, per_object=True)
def begin_team_norm(request: SignedInRequest, department_id: UUID) -> HttpResponse:
    """Begin the next version of a team's norm: the organisation's, with what the team made of it before."""
    department = access.team_to_lead_or_404(request, department_id)
    newest = answers.norm_in_force(on=timezone.localdate())
    latest = answers.versions_of(scope=str(department.pk)).select_related("base").first()
    try:
        if newest is None:
            raise NormError(_("The organisation has no norm yet. Your team's begins with it."))
        old = latest.base.texts() if latest and latest.base else []
        new = newest.texts()
        rules = derived(new, old=old, team=latest.texts()) if latest else new
        norm = steps.begin_norm(rules=rules, department=department, base=newest, by=request.user, at=timezone.now())
    except NormError as error:
        messages.error(request, str(error.text))
        return redirect("incidents:team_norm", department.pk)
    return redirect("incidents:norm_version", norm.pk)


@signed_in("GET", "POST", roles=access.NORM_EDITORS, per_object=True)
def norm_rule(request: SignedInRequest, norm_id: UUID, rule_id: UUID) -> HttpResponse:
    """Change one rule of a draft, or take it out."""
    row = access.norm_rule_or_404(request, norm_id, rule_id)
    start = {name: getattr(row, name) for name in RuleForm.base_fields if name != "seen"}
    form = RuleForm(request.POST or None, initial=start | {"seen": row.norm.version}, team=bool(row.norm.base_id))
    if request.method == "POST" and form.is_valid():
        seen, by, at = form.cleaned_data["seen"], request.user, timezone.now()
        try:
            if "remove" in request.POST:
                steps.remove_rule(rule=row, by=by, at=at, seen=seen)
            else:
                steps.write_rule(norm=row.norm, rule=form.rule(row.code, start=row.text), by=by, at=at, seen=seen)
        except NormError as error:
            form.show(error)
        except actions.ChangedMeanwhileError:
            form.show_conflict(version=row.norm.version)
            return _step(request, row.norm, form, title=_("Change a rule"), removable=True, status=CONFLICT)
        else:
            return redirect("incidents:norm_version", row.norm_id)
    return _step(request, row.norm, form, title=_("Change a rule"), removable=True)


@signed_in("GET", "POST", roles=access.NORM_EDITORS, per_object=True)
def new_norm_rule(request: SignedInRequest, norm_id: UUID) -> HttpResponse:
    """Add a rule to a draft."""
    norm = access.norm_to_write_or_404(request, norm_id)
    form = RuleForm(request.POST or None, initial={"seen": norm.version}, team=bool(norm.base_id))
    if request.method == "POST" and form.is_valid():
        rule: RuleText = form.rule("", start=None)
        try:
            steps.write_rule(norm=norm, rule=rule, by=request.user, at=timezone.now(), seen=form.cleaned_data["seen"])
        except NormError as error:
            form.show(error)
        except actions.ChangedMeanwhileError:
            form.show_conflict(version=norm.version)
            return _step(request, norm, form, title=_("Add a rule"), status=CONFLICT)
        else:
            return redirect("incidents:norm_version", norm.pk)
    return _step(request, norm, form, title=_("Add a rule"))


@signed_in("GET", "POST", roles=access.NORM_TEAM_ROLES, per_object=True)
def norm_protocol(request: SignedInRequest, norm_id: UUID) -> HttpResponse:
    """Write the protocol of a team."""
    norm = access.norm_to_write_or_404(request, norm_id)
    form = ProtocolForm(request.POST or None, initial={"seen": norm.version, "protocol": norm.protocol})
    if request.method == "POST" and form.is_valid():
        text, seen = form.cleaned_data["protocol"], form.cleaned_data["seen"]
        try:
            steps.write_protocol(norm=norm, text=text, by=request.user, at=timezone.now(), seen=seen)
        except NormError as error:
            form.show(error)
        except actions.ChangedMeanwhileError:
            form.show_conflict(version=norm.version)
            return _step(request, norm, form, title=_("Team protocol"), status=CONFLICT)
        else:
            return redirect("incidents:norm_version", norm.pk)
    return _step(request, norm, form, title=_("Team protocol"))


@signed_in("POST", roles=access.NORM_EDITORS, per_object=True)
def drop_norm(request: SignedInRequest, norm_id: UUID) -> HttpResponse:
    """Throw a draft away."""
    norm = access.norm_to_write_or_404(request, norm_id)
    try:
        steps.drop_draft(norm=norm, by=request.user, at=timezone.now(), seen=norm.version)
    except NormError as error:
        messages.error(request, str(error.text))
        return redirect("incidents:norm_version", norm.pk)
    return _home(norm.department_id)


@signed_in("GET", "POST", roles=access.NORM_MOVERS, per_object=True)
def move_norm(request: SignedInRequest, norm_id: UUID, move: str) -> HttpResponse:
    """Offer a version, send it back or adopt it."""
    norm = access.norm_to_move_or_404(request, norm_id)
    if move not in MOVES:
        raise Http404
    chosen = MOVES[move]
    form = NormMoveForm(
        request.POST or None, initial={"seen": norm.version, "valid_from": timezone.localdate()}, move=chosen
    )
    title = button = str(chosen.label)
    if request.method == "POST" and form.is_valid():
        given, seen = form.given(), form.cleaned_data["seen"]
        try:
            steps.move_norm(norm=norm, move=chosen, given=given, by=request.user, at=timezone.now(), seen=seen)
        except NormError as error:
            form.show(error)
        except actions.ChangedMeanwhileError:
            form.show_conflict(version=norm.version)
            return _step(request, norm, form, title=title, button=button, status=CONFLICT)
        else:
            return _home(norm.department_id) if chosen is NormMove.ADOPT else redirect("incidents:norm")
    return _step(request, norm, form, title=title, button=button)


def _home(department_id: UUID | None) -> HttpResponse:
    return redirect("incidents:team_norm", department_id) if department_id else redirect("incidents:norm")


def _step(request: SignedInRequest, norm: object, form: object, *, title: str, **more: object) -> HttpResponse:
    status = int(str(more.pop("status", 200)))
    page = {"norm": norm, "form": form, "title": title, "button": _("Save")} | more
    return render(request, "incidents/norms/step.html", page, status=status)
