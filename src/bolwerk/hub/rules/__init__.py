"""What holds in the information hub. Pure functions: no database, no clock, no request, no register."""
