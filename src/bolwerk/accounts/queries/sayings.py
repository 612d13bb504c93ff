"""What the trail says of people, departments, roles and signing in, after the name of whoever did it."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from bolwerk.accounts.rules import Role
from bolwerk.audit.rules.words import Facts, Group, Saying


def _role(facts: Facts) -> str | Promise:
    code = str(facts["role"])
    return Role(code).label if code in Role.values else code


def _given(facts: Facts) -> str:
    words = {"role": _role(facts), "department": facts["department"]}
    if facts["department"]:
        return _("gave the role “%(role)s” for the department %(department)s") % words
    return _("gave the role “%(role)s”") % words


def _withdrawn(facts: Facts) -> str:
    return _("took back the role “%(role)s”") % {"role": _role(facts)}


def _signed_in(facts: Facts) -> str:
    return _("signed in with a second factor") if facts["second_factor"] is True else _("signed in")


def _ended(facts: Facts) -> str:
    return _("was signed out by the clock") if facts.get("why") else _("ended a session")


_PEOPLE: dict[str, str | Promise] = {
    "person.added": gettext_lazy("added a person"),
    "person.changed": gettext_lazy("changed the details of a person"),
    "person.deactivated": gettext_lazy("closed the account of somebody who left"),
    "person.reactivated": gettext_lazy("opened the account of somebody again"),
    "profile.changed": gettext_lazy("changed the own profile"),
    "department.added": gettext_lazy("added a department"),
    "department.changed": gettext_lazy("changed a department"),
    "department.closed": gettext_lazy("closed a department"),
    "staffing.set": gettext_lazy("entered how many FTE departments have"),
    "themes.loaded": gettext_lazy("loaded the themes"),
    "installation.begun": gettext_lazy("began this installation"),
    "installation.changed": gettext_lazy("changed the name or the look of the municipality"),
    "file.kept": gettext_lazy("uploaded a file with people or departments"),
    "file.forgotten": gettext_lazy("threw an uploaded file away unused"),
    "file.used": gettext_lazy("read a file in: %(added)s added, %(changed)s changed, %(left)s left"),
}
_DOOR: dict[str, str | Promise] = {
    "confirmed": gettext_lazy("proved again who it is"),
    "signed_out": gettext_lazy("signed out"),
    "role_table_refused": gettext_lazy("could not sign in: the role table is not right"),
    "last_administrator_kept": gettext_lazy("kept a role that the claims took back: the last administrator"),
    "department_changed": gettext_lazy("changed the department, as single sign-on says"),
    "unknown_department": gettext_lazy("gave nothing for a department that single sign-on names and that is not here"),
    "password_removed": gettext_lazy("removed the password: single sign-on takes its place"),
    "password_changed": gettext_lazy("changed the own password"),
    "password_set": gettext_lazy("chose a password"),
    "password_reset": gettext_lazy("chose a new password with a link"),
    "totp_activated": gettext_lazy("set up an app as second factor"),
    "totp_deactivated": gettext_lazy("removed the app as second factor"),
    "webauthn_added": gettext_lazy("added a passkey"),
    "webauthn_removed": gettext_lazy("removed a passkey"),
    "ways_in_removed": gettext_lazy("took away what somebody signed in with, so that they begin anew"),
    "way_back_asked": gettext_lazy("asked to let somebody begin anew with signing in, after a loss"),
    "way_back_stopped": gettext_lazy("stopped that somebody begins anew with signing in"),
    "recovery_codes_generated": gettext_lazy("made new recovery codes"),
    "account_connected": gettext_lazy("signed in with single sign-on for the first time"),
    "account_disconnected": gettext_lazy("no longer signs in with single sign-on"),
}

SAYINGS = {
    "denied": Saying(Group.DENIAL, gettext_lazy("asked for something that is not theirs, and got “not found”")),
    "accounts.signin.failed": Saying(Group.DENIAL, gettext_lazy("tried to sign in and did not get in")),
    "accounts.signin.signed_in": Saying(Group.SIGN_IN, _signed_in),
    "accounts.signin.session_ended": Saying(Group.SIGN_IN, _ended),
    "accounts.role.given": Saying(Group.RIGHTS, _given),
    "accounts.role.withdrawn": Saying(Group.RIGHTS, _withdrawn),
    "accounts.person.read": Saying(Group.READ, gettext_lazy("opened the page of a person")),
    "accounts.people.listed": Saying(
        Group.READ,
        ngettext_lazy(
            "looked at the list of people (%(rows)s row)", "looked at the list of people (%(rows)s rows)", "rows"
        ),
    ),
    "accounts.people.searched": Saying(Group.READ, gettext_lazy("searched for people (%(rows)s found)")),
    "accounts.people.exported": Saying(
        Group.EXPORT,
        ngettext_lazy(
            "downloaded the list of people (%(rows)s row)", "downloaded the list of people (%(rows)s rows)", "rows"
        ),
    ),
    **{f"accounts.{event}": Saying(Group.RIGHTS, text) for event, text in _PEOPLE.items()},
    **{f"accounts.signin.{event}": Saying(Group.SIGN_IN, text) for event, text in _DOOR.items()},
}
