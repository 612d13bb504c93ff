"""Pages of documents: files that go out, and letters that are written."""
