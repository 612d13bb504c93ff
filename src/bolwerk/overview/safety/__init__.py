"""What a municipality sees of safe work: figures of teams, the measures of an employer, the page for the board."""
