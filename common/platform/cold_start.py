"""No search for rubbish while a cold start loads what stays for good: it would look through everything, again and again.

Raised by importing common.platform, as every function does; lowered by the end of the first invocation.
"""

import gc

USUAL = gc.get_threshold()
RAISED = (1_000_000, 20, 20)

gc.set_threshold(*RAISED)


def is_over() -> None:
    """Once in a process: what is there now is never looked through again, what comes later is as usual."""
    if gc.get_threshold() == RAISED:
        gc.freeze()
        gc.set_threshold(*USUAL)
