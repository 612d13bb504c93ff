"""What people fill in: checked here, decided in the rules."""

from bolwerk.hub.forms.findings import AddressForm, EndForm, ExportForm, LeaveOutForm, LookupForm, ReviewForm
from bolwerk.hub.forms.jobs import ReadForm, RunForm
from bolwerk.hub.forms.sources import AssessmentForm, OutcomeForm, SwitchForm

__all__ = [
    "AddressForm",
    "AssessmentForm",
    "EndForm",
    "ExportForm",
    "LeaveOutForm",
    "LookupForm",
    "OutcomeForm",
    "ReadForm",
    "ReviewForm",
    "RunForm",
    "SwitchForm",
]
