"""The privacy documents of safe work, made from the settings as they are today: PDF, and Word to adapt."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from bolwerk.accounts.queries import holders_of, installation
from bolwerk.accounts.rules import Role
from bolwerk.documents.queries import paper_docx, paper_pdf, template_of
from bolwerk.documents.rules.letters import Facts, Template
from bolwerk.incidents.queries import set_deciders, set_readers, set_terms
from bolwerk.processing.queries.activities import register
from bolwerk.ui.dates import day_in_words
from bolwerk.vault.queries.retention import KindInForce, rules_in_force
from knooppunt.disclosure import Policy

ROOM = "overview"
PAPERS = ("privacy-protocol", "works-council-request", "processing-register")
OURS = "incidents."  # how the codes of this room begin, of activities and kinds of record alike
READERS = (
    Role.MANAGER,
    Role.AGGRESSION_COORDINATOR,
    Role.CARE_TEAM,
    Role.BOARD,
    Role.PROGRAMME_LEAD,
    Role.PRIVACY_OFFICER,
    Role.FUNCTIONAL_ADMINISTRATOR,
    Role.AUDITOR,
)


def privacy_papers(language: str) -> list[Template]:
    """The documents that can be made, in a language."""
    return [template_of(ROOM, code, language) for code in PAPERS]


def privacy_pdf(code: str, *, language: str, at: datetime) -> bytes:
    """One of them as PDF/UA-1."""
    with override(language):
        return paper_pdf(template_of(ROOM, code, language), privacy_facts(at=at), at=at)


def privacy_docx(code: str, *, language: str, at: datetime) -> bytes:
    """One of them as a Word file."""
    with override(language):
        return paper_docx(template_of(ROOM, code, language), privacy_facts(at=at))


def privacy_facts(*, at: datetime) -> Facts:
    """What is set here, in the active language; whatever no municipality decided on says that it is unverified."""
    identity, policy = installation(), Policy(smallest_group=settings.SMALLEST_GROUP)
    held = holders_of(READERS, on=timezone.localdate(at))
    words = {
        "municipality": identity.name if identity else "Bolwerk",
        "today": day_in_words(at),
        "terms": _list(_term(one.what, one.term, one.source, verified=one.verified) for one in set_terms()),
        "readers": _list(f"{track}: {', '.join(names)}" for track, names in set_readers()),
        "deciders": _list(f"{step}: {decider}" for step, decider in set_deciders()),
        "roles": _list(_holders(role, people) for role, people in held.items()),
        "retention": _list(_kept(one) for one in rules_in_force() if one.kind.code.startswith(OURS)),
        "activities": _activities(),
        "smallest": str(policy.smallest_group),
        "rounding": str(policy.rounding_base),
        "percent_base": str(policy.percent_base),
        "anchors": _anchors(),
    }
    return Facts(words, [(_("Date"), day_in_words(at))])


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _mark(*, verified: bool) -> str:
    return "" if verified else " " + _("[unverified default: decide on it]")


def _term(what: str, term: str, source: str, *, verified: bool) -> str:
    return f"{what}: {term}. {source}{_mark(verified=verified)}"


def _holders(role: Role, people: int) -> str:
    held = ngettext("%(n)s person today", "%(n)s people today", people) % {"n": people}
    return f"{role.label}: {held}"


def _kept(one: KindInForce) -> str:
    rule = one.rule
    names = rule.personal.in_words if rule.personal else _("with the record")
    record = rule.record.in_words if rule.record else _("for ever")
    words = {"what": one.kind.name, "names": names, "record": record, "begins": one.kind.begins}
    said = _("%(what)s: personal data goes after %(names)s, the record after %(record)s. From: %(begins)s.") % words
    return f"{said} {rule.source}{_mark(verified=rule.verified)}"


def _activities() -> str:
    parts = []
    for one in register():
        if one.code.startswith(OURS):
            rows = (
                (_("Purpose"), one.purpose),
                (_("Legal basis"), one.legal_basis),
                (_("Data subjects"), one.people),
                (_("Data"), one.data),
                (_("Recipients"), one.recipients),
                (_("Kept"), one.kept),
            )
            head = f"## {one.name}{_mark(verified=one.verified)}"
            parts.append(head + "\n" + _list(f"{name}: {text.strip()}" for name, text in rows))
    return "\n\n".join(parts)


def _anchors() -> str:
    if settings.AUDIT_ANCHOR_FILE or settings.AUDIT_ANCHOR_MAIL or settings.AUDIT_ANCHOR_URL:
        return _("The head of the log is kept outside this installation too, so that changing the whole log shows.")
    return _("The head of the log is not kept outside this installation yet: set an anchor.")
