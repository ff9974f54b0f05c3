"""What a cold start does without. Importing common.platform, as every function does first, says so.

No search for rubbish: it would look through what stays for good, again and again; the end of the first invocation lets it begin.
No search of pydantic for plugins in all installed distributions: there are none.
"""

import gc
import os

USUAL = gc.get_threshold()
RAISED = (1_000_000, 20, 20)

gc.set_threshold(*RAISED)
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def is_over() -> None:
    """Once in a process: what is there now is never looked through again, what comes later is as usual."""
    if gc.get_threshold() == RAISED:
        gc.freeze()
        gc.set_threshold(*USUAL)
