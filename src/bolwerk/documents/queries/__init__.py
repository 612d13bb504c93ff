"""Answers about documents and letters. Read-only."""

from bolwerk.documents.queries.booklets import Booklet, booklet_pdf
from bolwerk.documents.queries.files import (
    closed_files,
    documents_of,
    path_of,
    place_of,
    read,
    scanner_is_on,
    subjects_with_documents,
    waiting_documents,
)
from bolwerk.documents.queries.letters import digest_of, letters_of, pages_of, pdf_of, unprintable_in
from bolwerk.documents.queries.papers import Paper, paper_docx, paper_pdf, text_pdf
from bolwerk.documents.queries.posters import Poster, Section, poster_pdf
from bolwerk.documents.queries.templates import NoSuchTemplateError, template_of, templates_of

__all__ = [
    "Booklet",
    "NoSuchTemplateError",
    "Paper",
    "Poster",
    "Section",
    "booklet_pdf",
    "closed_files",
    "digest_of",
    "documents_of",
    "letters_of",
    "pages_of",
    "paper_docx",
    "paper_pdf",
    "path_of",
    "pdf_of",
    "place_of",
    "poster_pdf",
    "read",
    "scanner_is_on",
    "subjects_with_documents",
    "template_of",
    "templates_of",
    "text_pdf",
    "unprintable_in",
    "waiting_documents",
]
