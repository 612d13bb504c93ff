"""What each role opens, in words: for whoever gives roles and whoever has them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.rules import Role

MEANINGS: dict[Role, str | Promise] = {
    Role.EMPLOYEE: _("Reports incidents and follows the own reports and tasks."),
    Role.MANAGER: _("Looks after reports of the own team, and decides on the reaction."),
    Role.AGGRESSION_COORDINATOR: _("Sees and handles the reports of aggression of the departments given."),
    Role.CARE_TEAM: _("Receives colleagues after an incident; sees what is needed for that."),
    Role.CONFIDANT: _("Has an own store of confidential talks, which nobody else can open."),
    Role.INTEGRITY_OFFICER: _("Handles reports on integrity under the law on whistle-blowers."),
    Role.PROGRAMME_LEAD: _("Runs the programme: plans, measures, activities and figures."),
    Role.ANALYST: _("Links registers and looks at signals on addresses, buildings and companies."),
    Role.CASE_DIRECTOR: _("Leads a case after the privacy check."),
    Role.BIBOB_OFFICER: _("Does own research under the Bibob law, in a closed file per applicant."),
    Role.ENFORCEMENT_OFFICER: _("Notes what was seen in the street, and checks an address before a visit."),
    Role.PRIVACY_OFFICER: _("Sees in the trail who looked at what; approves assessments; reads no content."),
    Role.AUDITOR: _("Checks that the trail is whole; reads no content."),
    Role.BOARD: _("Sees the page of the board: figures, no reports."),
    Role.FUNCTIONAL_ADMINISTRATOR: _("Manages people, departments, roles and settings; reads no content."),
    Role.CIRCLE_FACILITATOR: _("Leads the sessions of a learning circle."),
    Role.CIRCLE_MEMBER: _("Takes part in a learning circle."),
}
