"""A process that answers one event many times, warm, and prints what the median block of a hundred took for each.

Started as `python -S -s program.py FOLDERS MODULE EVENT BLOCKS`; FOLDERS are joined by `:` and come first on the import path. Log
lines go nowhere, as formatted text. Prints {"seconds", "answer"} of one event. Standard library only.
"""

import gc
import importlib
import json
import os
import statistics
import sys
import time

BLOCK = 100


class Context:
    """What Powertools asks a context for; ours reads it like the platform's dict."""

    function_name = "bench"
    memory_limit_in_mb = 128
    invoked_function_arn = "arn:bench"
    aws_request_id = "0"


def main() -> None:
    folders, module, event_file, blocks = sys.argv[1:]
    sys.path[:0] = folders.split(":")
    out, sys.stdout = sys.stdout, open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - until the process ends
    handler = importlib.import_module(module).main_handler
    with open(event_file, encoding="utf-8") as file:  # noqa: PTH123
        text = file.read()
    ours = {"request_id": "0", "function_name": "bench", "time_limit_in_ms": 10_000, "memory_limit_in_mb": 128}
    context = ours if module == "ours" else Context()
    answer = handler(json.loads(text), context)
    events = [json.loads(text) for _ in range(BLOCK)]
    times = []
    for _ in range(int(blocks)):
        gc.collect()
        started = time.process_time()
        for event in events:
            handler(event, context)
        times.append((time.process_time() - started) / BLOCK)
    out.write(json.dumps({"seconds": statistics.median(times), "answer": answer}, default=str))


if __name__ == "__main__":
    main()
