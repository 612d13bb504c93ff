"""Reading the norm: everybody who works here; and the house rules: everybody."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from bolwerk.accounts.access import SignedInRequest, everybody, signed_in
from bolwerk.incidents import access
from bolwerk.incidents.queries import norms as answers
from bolwerk.incidents.rules.norms import NormMove, NormState, RuleText, moves_now
from bolwerk.ui.content import content_language


def _for_reader(rules: list[RuleText]) -> tuple[list[RuleText], set[str]]:
    """Rules as they were adopted, or in English with the codes of those that stay Dutch."""
    return answers.english(rules) if content_language() == "en" else (rules, set())


@signed_in("GET")
def norm(request: SignedInRequest) -> HttpResponse:
    """Show the norm that holds, green to red, with what each does; and the way to the team's."""
    today = timezone.localdate()
    found = answers.norm_in_force(on=today)
    writes = bool(request.roles & access.NORM_WRITERS)
    rules, only_dutch = _for_reader(found.texts()) if found else (answers.default_rules(), set())
    page = {
        "norm": found,
        "lines": answers.lines_of(rules),
        "only_dutch": only_dutch,
        "change": answers.change_lately(request.user.department, on=today) if request.user.department else None,
        "coming": answers.coming_meeting(request.user.department) if request.user.department else None,
        "team": answers.team_page(request.user.department, on=today) if request.user.department else None,
        "versions": answers.versions_of(),
        "draft": access.norms_for(request.user, on=today).filter(department=None).exclude(state="adopted").first(),
        "writes": writes,
        "today": today,
    }
    return render(request, "incidents/norms/norm.html", page)


@signed_in("GET", per_object=True)
def norm_version(request: SignedInRequest, norm_id: UUID) -> HttpResponse:
    """Show one version; to whoever writes or adopts it, with what can be done."""
    today = timezone.localdate()
    found = access.norm_or_404(request, norm_id)
    writes = access.writes_norm(request.user, found, on=today)
    base = found.base.texts() if found.base else None
    wrote = bool(writes or request.roles & access.NORM_MOVERS) and answers.wrote_in(found, request.user)
    state, team = NormState(found.state), found.department_id is not None
    moves = moves_now(now=state, roles=request.roles, team=team, wrote=wrote) if writes or not team else []
    page = {
        "norm": found,
        "lines": answers.lines_of(found.texts(), base),
        "codes": {row.code: row.pk for row in found.rules.all()},
        "writes": writes and found.open,
        "moves": [(SLUGS[move], move) for move in moves],
        "own_words": wrote and state is NormState.OFFERED,
        "events": answers.events_of(found) if writes or request.roles & access.NORM_MOVERS else [],
        "today": today,
    }
    return render(request, "incidents/norms/version.html", page)


SLUGS = {NormMove.OFFER: "aanbieden", NormMove.SEND_BACK: "terugsturen", NormMove.ADOPT: "vaststellen"}


@signed_in("GET")
def team_norm(request: SignedInRequest, department_id: UUID) -> HttpResponse:
    """Show the norm and protocol of a team, line by line beside that of the organisation."""
    today = timezone.localdate()
    department = access.team_or_404(department_id)
    team = answers.team_page(department, on=today)
    own = team.norm or answers.norm_in_force(on=today)
    base = _for_reader(team.norm.base.texts())[0] if team.norm and team.norm.base else None
    rules, only_dutch = _for_reader(own.texts() if own else [])
    scope = str(department.pk)
    drafts = access.norms_for(request.user, on=today).filter(scope=scope).exclude(state=NormState.ADOPTED)
    page = {
        "department": department,
        "team": team,
        "norm": own,
        "lines": answers.lines_of(rules, base),
        "only_dutch": only_dutch,
        "draft": drafts.first(),
        "leads": access.leads_team(request.user, department, on=today),
        "versions": answers.versions_of(scope=scope),
        "today": today,
    }
    return render(request, "incidents/norms/team.html", page)


@signed_in("GET", per_object=True)
def norm_of_rule(request: SignedInRequest, rule_id: UUID) -> HttpResponse:
    """Lead to the rule in its version: the address that a response keeps of the rule that was broken."""
    rule = access.rule_or_404(request, rule_id)
    return HttpResponseRedirect(f"{reverse('incidents:norm_version', args=[rule.norm_id])}#rule-{rule.code}")


@everybody("GET")
def house_rules(request: HttpRequest) -> HttpResponse:
    """Show visitors how we treat each other here."""
    rules = answers.house_rules(on=timezone.localdate())
    return render(request, "incidents/norms/house_rules.html", {"rules": rules})


@signed_in("GET")
def house_rules_poster(_request: SignedInRequest) -> HttpResponse:
    """The house rules to print and hang up, in the language of the page. For colleagues: setting type costs time."""
    rules = answers.house_rules(on=timezone.localdate())
    if rules is None:
        raise Http404
    name = "huisregels" if rules.language == "nl" else "house-rules"
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    return HttpResponse(answers.house_rules_poster(rules), content_type="application/pdf", headers=headers)
