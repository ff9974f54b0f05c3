"""What a cold start does without: a search for rubbish, which would look through all that is being loaded, again and again.

Importing common.platform, as every function does first, puts it off; the second invocation lets it begin.
"""

import gc

USUAL = gc.get_threshold()
RAISED = (1_000_000, 20, 20)

gc.set_threshold(*RAISED)


def is_over() -> None:
    """From here on Python looks for rubbish as usual. Safe to repeat."""
    if gc.get_threshold() == RAISED:
        gc.set_threshold(*USUAL)
