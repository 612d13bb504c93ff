"""Sign-in: the door, the second factor, sessions, throttling and the municipality's own identity provider."""
