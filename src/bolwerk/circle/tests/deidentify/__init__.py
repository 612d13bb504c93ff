"""A labelled set of case texts in two halves; the held-out one has templates and names of its own."""
