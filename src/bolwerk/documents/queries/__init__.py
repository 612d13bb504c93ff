"""Answers about documents. Read-only."""

from bolwerk.documents.queries.files import documents_of, path_of, place_of, read, scanner_is_on, waiting_documents

__all__ = ["documents_of", "path_of", "place_of", "read", "scanner_is_on", "waiting_documents"]
