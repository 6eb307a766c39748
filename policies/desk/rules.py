"""Who works by the documents on the officer's desk, and who keeps them. Questions only."""

from accounts.roles import COUNTER, Role

KEEPERS = (Role.POLICY_EDITOR, Role.MANAGER)
"""The editor keeps the policy's texts and the manager answers for the rest; an officer who could replace the guide
they work by would be writing the rules they work by."""
READERS = (*COUNTER, Role.RESEARCHER, *KEEPERS)
