"""Writing a version: beginning it, its rules, the team's protocol, throwing a draft away."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.models import Department, Person
from bolwerk.audit.actions import record
from bolwerk.incidents.actions.meanwhile import ChangedMeanwhileError
from bolwerk.incidents.models import ORGANISATION, Norm, NormEvent, NormRule
from bolwerk.incidents.rules.norms import MOST_RULES, Line, NormError, NormState, RuleText, looser_on_red


@transaction.atomic
def begin_norm(
    *, rules: Sequence[RuleText], department: Department | None, base: Norm | None, by: Person, at: datetime
) -> Norm:
    """Begin the next version, of the organisation or of a team, with these rules.

    Raises NormError when a version is being written already.
    """
    scope = str(department.pk) if department else ORGANISATION
    versions = Norm.objects.select_for_update().filter(scope=scope)
    if versions.exclude(state=NormState.ADOPTED).exists():
        raise NormError(_("A new version is being written already."))
    last = Norm.objects.filter(scope=scope).order_by("-number").first()
    protocol = last.protocol if last else ""
    highest = versions.order_by().aggregate(last=Max("number"))["last"] or 0
    norm = Norm.objects.create(scope=scope, department=department, base=base, number=highest + 1, protocol=protocol)
    NormRule.objects.bulk_create(
        NormRule(norm=norm, position=position, **asdict(rule)) for position, rule in enumerate(_in_order(rules))
    )
    _write_down("begin", norm, by=by, at=at)
    return norm


def _in_order(rules: Sequence[RuleText]) -> list[RuleText]:
    return sorted(rules, key=lambda rule: list(Line).index(rule.line))


def _write_down(event: str, norm: Norm, *, by: Person, at: datetime, words: str = "") -> None:
    NormEvent.objects.create(norm=norm, event=event, by=by, at=at, words=words)
    record(f"incidents.norm.{event}", subject=norm.urn, actor=by.urn, at=at, team=norm.department_id is not None)


def _draft_locked(norm: Norm, *, seen: int) -> Norm:
    """The version, locked for writing. Raises NormError once it is no draft, ChangedMeanwhileError when it moved on."""
    found = Norm.objects.select_for_update(of=("self",)).select_related("base").get(pk=norm.pk)
    if found.state != NormState.DRAFT:
        raise NormError(_("This version is no longer a draft: nothing in it changes any more."))
    if found.version != seen:
        raise ChangedMeanwhileError
    return found


def _moved_on(norm: Norm) -> None:
    Norm.objects.filter(pk=norm.pk).update(version=F("version") + 1)


@transaction.atomic
def write_rule(*, norm: Norm, rule: RuleText, by: Person, at: datetime, seen: int) -> NormRule:
    """Change a rule of a draft, or add one when its code is empty.

    Raises NormError when it is no draft, is full, or when a team's line falls below the organisation's on red.
    """
    draft = _draft_locked(norm, seen=seen)
    values = asdict(rule) | {"code": rule.code or f"own-{uuid4().hex[:8]}"}
    if draft.base and (base := draft.base.rules.filter(code=rule.code).first()):
        error = looser_on_red(rule, base.text)
        if error:
            raise error
    known = draft.rules.filter(code=values["code"]).first()
    if known is None and draft.rules.count() >= MOST_RULES:
        raise NormError(_("A norm of more than %(most)s rules is read by nobody.") % {"most": MOST_RULES})
    position = known.position if known else (draft.rules.aggregate(last=Max("position"))["last"] or 0) + 1
    row, _new = NormRule.objects.update_or_create(
        norm=draft, code=values["code"], defaults=values | {"position": position}
    )
    _moved_on(draft)
    _write_down("write", draft, by=by, at=at)
    return row


@transaction.atomic
def remove_rule(*, rule: NormRule, by: Person, at: datetime, seen: int) -> None:
    """Take a rule out of a draft. Raises NormError when a team would leave out what is red for everybody."""
    draft = _draft_locked(rule.norm, seen=seen)
    if draft.base and draft.base.rules.filter(code=rule.code, line=Line.RED).exists():
        raise NormError(_("This is red for the whole organisation. A team cannot leave it out."))
    draft.rules.filter(pk=rule.pk).delete()
    _moved_on(draft)
    _write_down("write", draft, by=by, at=at)


@transaction.atomic
def write_protocol(*, norm: Norm, text: str, by: Person, at: datetime, seen: int) -> None:
    """Write how this team works: who helps, which room, which alarm. Raises NormError when it is no draft."""
    draft = _draft_locked(norm, seen=seen)
    Norm.objects.filter(pk=draft.pk).update(protocol=text, version=F("version") + 1)
    _write_down("write", draft, by=by, at=at)


@transaction.atomic
def drop_draft(*, norm: Norm, by: Person, at: datetime, seen: int) -> None:
    """Throw a draft away. Raises NormError when it is no draft."""
    draft = _draft_locked(norm, seen=seen)
    urn, team = draft.urn, draft.department_id is not None
    draft.delete()
    record("incidents.norm.dropped", subject=urn, actor=by.urn, at=at, team=team)
