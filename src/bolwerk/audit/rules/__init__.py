"""What the trail is made of. Pure functions: no database, no clock, no request."""
