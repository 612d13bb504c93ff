"""The key ring and the fields it closes. It knows no app, so that the lowest floor can use it too (ADR 7)."""
