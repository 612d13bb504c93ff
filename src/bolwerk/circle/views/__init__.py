"""Pages of the learning circle: find (access), form, one action, render."""
