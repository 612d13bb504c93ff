"""What a processing activity is, how people are named in the log, and how they are found. Pure functions."""
