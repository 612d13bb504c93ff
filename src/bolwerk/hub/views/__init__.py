"""Pages of the information hub: find (access), form, one action, render."""

CONFLICT = 409
