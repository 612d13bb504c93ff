"""Settings of sealing to people. What a municipality may decide comes from the environment; the rest has its source."""

from bolwerk.config import environment

# What one guess at a vault phrase costs. RFC 9106 (section 4) recommends 3 passes over 64 MiB where memory is scarce,
# OWASP's Password Storage Cheat Sheet less (46 MiB, 1 pass); GlobaLeaks takes 128 MiB for about a second, and so do we:
# `make bench` measures it (vault-phrase). A new cost holds for each vault from the next time that it is opened.
VAULT_PHRASE_MEMORY_MIB = environment.whole("BOLWERK_VAULT_PHRASE_MEMORY_MIB")
VAULT_PHRASE_PASSES = environment.whole("BOLWERK_VAULT_PHRASE_PASSES")
# How many phrases one server process works on at the same moment: times the memory above is what it may take at most.
VAULT_PHRASES_AT_ONCE = environment.whole("BOLWERK_VAULT_PHRASES_AT_ONCE")

# Choice of Bolwerk: long enough to read and answer, short enough for a desk that somebody walked away from.
VAULT_OPEN_MINUTES = environment.whole("BOLWERK_VAULT_OPEN_MINUTES")
# Choice of Bolwerk: trustees have a working week and a weekend to call each other.
VAULT_REQUEST_DAYS = environment.whole("BOLWERK_VAULT_REQUEST_DAYS")

# Who takes a mail without content that something waits (person=, path=, cause=, at=): the outbox lies above the vault.
VAULT_NEWS = "bolwerk.deadlines.actions.queue_news"
