"""What leaves for the police: the seven answers, and never a private address."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from bolwerk.accounts.models import Person
from bolwerk.accounts.queries import installation
from bolwerk.documents.queries import template_of
from bolwerk.documents.rules.letters import Facts, Section, Template
from bolwerk.incidents.models import Incident, PoliceReport, SevenWs
from bolwerk.incidents.queries.police.offences import named
from bolwerk.incidents.queries.police.settings import police_settings
from bolwerk.incidents.rules import Channel
from bolwerk.incidents.rules.police import Privacy
from bolwerk.incidents.rules.seven_ws import Answers, W, for_the_police
from bolwerk.ui.dates import day_in_words, moment_in_words

TEMPLATE = "police-seven-ws"
Rows = list[tuple[str, str]]


def first_answers(incident: Incident) -> Answers:
    """What the mini-report already says. The place of somebody's own home is left out."""
    at_home = incident.channel == Channel.PRIVATE_HOME
    place = "" if at_home or not incident.place else f": {incident.place}"
    return Answers(
        what=incident.words,
        place=f"{incident.get_channel_display()}{place}",
        moment=moment_in_words(incident.occurred_at),
    )


def answers_of(incident: Incident) -> Answers:
    """What was answered; what the mini-report says while nobody answered."""
    known: SevenWs | None = getattr(incident, "seven_ws", None)
    return known.answers if known else first_answers(incident)


def paper_template(language: str) -> Template:
    """The text around the answers."""
    return template_of("incidents", TEMPLATE, language)


def police_paper(incident: Incident, *, privacy: Privacy, by: Person, at: datetime, language: str) -> Facts:
    """The PDF for the police, in a language."""
    with override(language):
        identity = installation()
        words = {
            "number": incident.reference,
            "sender": by.name,
            "municipality": identity.name if identity else "Bolwerk",
            "today": day_in_words(at),
        }
        references = [(_("Date"), day_in_words(at)), (_("Our reference"), incident.reference)]
        headings = (_("What"), _("Answer"))
        return Facts(
            words,
            references,
            [
                Section(_("Whom it happened to"), headings, _whom(incident, privacy)),
                Section(_("The seven questions"), headings, _answers(incident, privacy)),
                Section(_("To be recorded by the police"), headings, _asked(incident)),
            ],
        )


def police_text(incident: Incident, *, privacy: Privacy, by: Person, at: datetime, language: str) -> str:
    """The same as plain text, to paste into the form of the police."""
    paper = police_paper(incident, privacy=privacy, by=by, at=at, language=language)
    with override(language):
        parts = [_("For the police: report %(number)s") % {"number": incident.reference}, f"{day_in_words(at)}"]
    for section in paper.sections:
        parts += ["", section.title.upper()]
        for label, answer in section.rows:
            parts += [f"{label}", f"  {answer.strip()}".replace("\n", "\n  ")]
    return "\n".join([*parts, ""])


def _whom(incident: Incident, privacy: Privacy) -> Rows:
    """The name by the choice of privacy; always the address of the organisation."""
    known = police_settings()
    under_number = privacy is Privacy.UNDER_NUMBER
    rows = [
        (_("Name"), _("Known to the employer: report under a number") if under_number else incident.happened_to.name),
        (_("Named"), str(privacy.label)),
        (_("Address"), known.address or _("[address of the organisation]")),
        (_("Contact"), known.contact),
        (_("Department"), "" if under_number else str(incident.department or "")),
    ]
    return [(label, value) for label, value in rows if value]


def _answers(incident: Incident, privacy: Privacy) -> Rows:
    names = [incident.happened_to.name, incident.reporter.name]
    channel = Channel(incident.channel)
    told = for_the_police(
        answers_of(incident), channel=channel, privacy=privacy, names=names, instead=_("[under a number]")
    )
    empty = {question: _("not answered") for question in W}
    if channel is Channel.PRIVATE_HOME:
        empty[W.PLACE] = _("At home or in private time. The address is not given.")
    return [(str(question.label), told.of(question) or empty[question]) for question in W]


def _asked(incident: Incident) -> Rows:
    """What the police are asked to write down, and what is known from an earlier report to them."""
    latest = PoliceReport.objects.filter(incident=incident).first()
    rows = [(_("VPT code"), _("Please record this as violence against a public task (VPT), so that the ELA apply."))]
    if latest:
        rows.append((_("Offence"), "; ".join(map(str, named(latest.codes)))))
        rows.append((_("Number (proces-verbaal)"), latest.number))
    return [(label, value) for label, value in rows if value]
