"""What people fill in: checked here, decided in the rules."""

from bolwerk.incidents.forms.admitting import AdmitForm
from bolwerk.incidents.forms.care import CareForm, CareStepForm, PersonForm
from bolwerk.incidents.forms.documents import FileForm, LetterChoiceForm
from bolwerk.incidents.forms.handling import AssignForm, ExportForm, FeedbackForm, StatusForm
from bolwerk.incidents.forms.importing import CodesForm, ColumnsForm, RegisterFileForm
from bolwerk.incidents.forms.kiosks import KioskCodeForm, KioskDetailsForm, KioskForm, KioskReportForm
from bolwerk.incidents.forms.reporting import CorrectForm, DetailsForm, ReportForm, WithdrawForm
from bolwerk.incidents.forms.sealed import BlankReportForm, EnvelopeForm, SealedReportForm
from bolwerk.incidents.forms.setting import TermForm
from bolwerk.incidents.forms.sorting import SortForm

__all__ = [
    "AdmitForm",
    "AssignForm",
    "BlankReportForm",
    "CareForm",
    "CareStepForm",
    "CodesForm",
    "ColumnsForm",
    "CorrectForm",
    "DetailsForm",
    "EnvelopeForm",
    "ExportForm",
    "FeedbackForm",
    "FileForm",
    "KioskCodeForm",
    "KioskDetailsForm",
    "KioskForm",
    "KioskReportForm",
    "LetterChoiceForm",
    "PersonForm",
    "RegisterFileForm",
    "ReportForm",
    "SealedReportForm",
    "SortForm",
    "StatusForm",
    "TermForm",
    "WithdrawForm",
]
