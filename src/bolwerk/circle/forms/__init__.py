"""What people fill in: checked here, decided in the rules."""
