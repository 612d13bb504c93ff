"""What people fill in: checked here, decided in the rules."""

from bolwerk.hub.forms.findings import (
    AddressForm,
    AreasFileForm,
    EndForm,
    ExportForm,
    LeaveOutForm,
    LookupForm,
    ReviewForm,
)
from bolwerk.hub.forms.jobs import ReadForm, RunForm, StudyForm
from bolwerk.hub.forms.knowing import KnownOnForm
from bolwerk.hub.forms.sources import AssessmentForm, OutcomeForm, SwitchForm
from bolwerk.hub.forms.taking_out import RegisterRecordForm, RiecForm
from bolwerk.hub.forms.yields import DrawForm, MoveForm, OutcomeOfLookingForm

__all__ = [
    "AddressForm",
    "AreasFileForm",
    "AssessmentForm",
    "DrawForm",
    "EndForm",
    "ExportForm",
    "KnownOnForm",
    "LeaveOutForm",
    "LookupForm",
    "MoveForm",
    "OutcomeForm",
    "OutcomeOfLookingForm",
    "ReadForm",
    "RegisterRecordForm",
    "ReviewForm",
    "RiecForm",
    "RunForm",
    "StudyForm",
    "SwitchForm",
]
