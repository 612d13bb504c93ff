"""Veilig werken: a mini-report in under a minute, looked after on time. The room that others copy."""
