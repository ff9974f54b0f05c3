"""Everything the functions share; see docs/architecture.md for who may import whom.

What a cold start loads stays, so Python does not look for rubbish in it: from common/platform/ending.py:end on, it does as usual.
"""

import gc

gc.set_threshold(1_000_000, 20, 20)
