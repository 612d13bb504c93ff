"""Making a file harmless, in a process of its own that can open nothing and dies when it takes too much.

`bounded.clean` is the door; `__main__` is what runs behind it. Nothing in here imports Django: the process must start
quickly, and speaks in codes (`outcome.Reason`) that `rules.refusals` turns into sentences.
"""
