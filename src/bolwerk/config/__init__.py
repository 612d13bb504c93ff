"""Puts the house together: settings, addresses, server and commands. Knows everything, decides nothing."""
