"""The commands of `bolwerk`: one file each, loaded only when asked for, so that --help is quick."""
