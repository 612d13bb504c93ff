"""Every change to people, departments, roles, themes and the installation itself."""

from bolwerk.accounts.actions.begin import (
    AlreadyBegunError,
    Beginning,
    MailTestFailedError,
    begin,
    change_installation,
    code_is_right,
    name_installation,
    send_test_mail,
    setup_code,
)
from bolwerk.accounts.actions.departments import (
    CyclicTreeError,
    DepartmentInUseError,
    Profile,
    add_department,
    add_example_departments,
    change_department,
    close_department,
)
from bolwerk.accounts.actions.erasing import erase_people, nameless, without_account
from bolwerk.accounts.actions.importing import (
    FileHasProblemsError,
    OutcomeChangedError,
    apply_people_file,
    forget_file,
    forget_old_files,
    keep_file,
    use_file,
)
from bolwerk.accounts.actions.people import (
    LastAdministratorError,
    add_employee,
    add_person,
    change_own_profile,
    change_person,
    deactivate_person,
    reactivate_person,
    welcome,
)
from bolwerk.accounts.actions.reading import export_people, note_listing, note_reading
from bolwerk.accounts.actions.roles import OwnRoleError, Reach, give_role, give_role_within, withdraw_role
from bolwerk.accounts.actions.staffing import Origin, set_staffing
from bolwerk.accounts.actions.themes import load_themes

__all__ = [
    "AlreadyBegunError",
    "Beginning",
    "CyclicTreeError",
    "DepartmentInUseError",
    "FileHasProblemsError",
    "LastAdministratorError",
    "MailTestFailedError",
    "Origin",
    "OutcomeChangedError",
    "OwnRoleError",
    "Profile",
    "Reach",
    "add_department",
    "add_employee",
    "add_example_departments",
    "add_person",
    "apply_people_file",
    "begin",
    "change_department",
    "change_installation",
    "change_own_profile",
    "change_person",
    "close_department",
    "code_is_right",
    "deactivate_person",
    "erase_people",
    "export_people",
    "forget_file",
    "forget_old_files",
    "give_role",
    "give_role_within",
    "keep_file",
    "load_themes",
    "name_installation",
    "nameless",
    "note_listing",
    "note_reading",
    "reactivate_person",
    "send_test_mail",
    "set_staffing",
    "setup_code",
    "use_file",
    "welcome",
    "withdraw_role",
    "without_account",
]
