"""Pages of the trail. Looking at one is a line in the trail itself, written before anything is shown."""
