"""The privacy documents of safe work, for who answers for them."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from bolwerk.accounts.access import SignedInRequest, signed_in
from bolwerk.overview.safety import access, actions, queries
from bolwerk.ui.content import content_language

FORMS = {
    "pdf": ("application/pdf", queries.privacy_pdf),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", queries.privacy_docx),
}


@signed_in("GET", roles=access.KEEPERS)
def papers(request: SignedInRequest) -> HttpResponse:
    """What can be made, and what is filled in from the settings."""
    return render(request, "overview/safety/privacy.html", {"papers": queries.privacy_papers(content_language())})


@signed_in("GET", roles=access.KEEPERS)
def paper(request: SignedInRequest, paper: str, format: str) -> HttpResponse:  # noqa: A002  as the address says
    """Make one from the settings of this moment, in the language of the page."""
    if paper not in queries.PAPERS or format not in FORMS:
        raise Http404
    kind, make = FORMS[format]
    now = timezone.now()
    actions.record_privacy_paper(code=paper, form=format, by=request.user, at=now)
    content = make(paper, language=content_language(), at=now)
    return HttpResponse(content, kind, headers={"Content-Disposition": f'attachment; filename="{paper}.{format}"'})
