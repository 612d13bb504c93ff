"""Names of files: shown, never believed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bolwerk.documents.cleaning.formats import WORD
from bolwerk.documents.cleaning.outcome import FileRefusedError, Reason
from bolwerk.documents.rules.names import LONGEST, UNSEEN, declared_format, shown_name

EVERYTHING = frozenset({"jpeg", "png", "webp", "heic", "pdf", "docx", "xlsx"})


@given(st.text(max_size=300))
def test_a_name_that_is_shown_has_nothing_unseen_and_leads_nowhere(text: str) -> None:
    try:
        name = shown_name(text)
    except FileRefusedError as refusal:
        assert refusal.reason is Reason.NAME
        return
    assert 0 < len(name) <= max(LONGEST, len(name.rpartition(".")[2]) + 1)
    assert not UNSEEN.search(name)
    assert "/" not in name
    assert "\\" not in name


@pytest.mark.parametrize(
    ("name", "media_type", "code"),
    [
        ("foto.JPG", "image/jpeg", "jpeg"),
        ("Vakantie 12.06.2026.jpeg", "", "jpeg"),
        ("IMG_0047.HEIC", "application/octet-stream", "heic"),
        ("brief.docx.pdf", "application/pdf", "pdf"),
        ("v1.2 concept.docx", f"{WORD}; charset=binary", "docx"),
    ],
)
def test_ordinary_names_are_taken(name: str, media_type: str, code: str) -> None:
    assert declared_format(name=name, media_type=media_type, allowed=EVERYTHING).code == code


@pytest.mark.parametrize(
    ("name", "media_type", "reason"),
    [
        ("foto", "image/jpeg", Reason.NOT_ALLOWED),
        ("foto.svg", "image/svg+xml", Reason.NOT_ALLOWED),
        ("lijst.xlsm", "", Reason.NOT_ALLOWED),
        ("foto.jpg", "text/html", Reason.NOT_WHAT_IT_SAYS),
        ("foto.html.jpg", "image/jpeg", Reason.NOT_WHAT_IT_SAYS),
    ],
)
def test_others_are_refused(name: str, media_type: str, reason: Reason) -> None:
    with pytest.raises(FileRefusedError) as refusal:
        declared_format(name=name, media_type=media_type, allowed=EVERYTHING)
    assert refusal.value.reason is reason
