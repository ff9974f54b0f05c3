"""Load: 50 chat streams and 200 optimisations at once, against a model that takes 10 questions at a time.

The product's own use cases, stores and turns; only the model is a stand-in, which counts who is with it and takes 50 ms.
Turns are taken at a real Redis where there is one (TEST_REDIS_URL, or redis-server on this machine).
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from scripts.benchmarks.ai.load_scene import CHATS, LIMIT, RESUMES, Scene, redis_url
from scripts.benchmarks.figures import Figure


def figures(_options: object) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder, redis_url(Path(folder)) as (url, kind):
        scene = Scene(Path(folder), url)
        began = time.perf_counter()
        with ThreadPoolExecutor(CHATS + RESUMES) as threads:
            outcomes = [future.result() for future in [threads.submit(work) for work in scene.everything()]]
        took_s = time.perf_counter() - began
        lost, wrong = CHATS + RESUMES - outcomes.count("done"), scene.wrong_balances()
        overtaken = scene.turns.overtaken()
        scene.close()
    yield Figure("answers and resumes lost", lost, at_most=0, note=f"of {len(outcomes)}")
    yield Figure("users with a wrong balance", wrong, at_most=0)
    yield Figure("questions at the model at one time, at most", scene.model.most, at_most=LIMIT)
    yield Figure("overtaken by a later question of the same user", overtaken, at_most=0)
    never_idle_s = scene.model.busy_s / LIMIT
    yield Figure("until all were answered", took_s, "s", "never idle", never_idle_s, note=f"turns at {kind}")
