"""The program of a new process: what the platform does from the start of the interpreter to the first answer.

Started as `python -S -s -B program.py VAR_USER OPT ORDER ANSWER`. ORDER is JSON, {"event", "context", "started"}: the last is the
moment of the system's monotonic clock at which the parent started us. ANSWER receives the times and what the handler returned.
Standard library only, and as little of it as there has to be.
"""

import importlib
import json
import os
import sys
import time


def main() -> None:
    var_user, opt, order_file, answer_file = sys.argv[1:]
    with open(order_file, encoding="utf-8") as file:  # noqa: PTH123 - the process is measured
        order = json.load(file)
    os.chdir(var_user)
    sys.path[:0] = [var_user, opt]
    index = importlib.import_module("index")

    marks = {"ready_s": time.process_time(), "ready_wall_s": time.monotonic() - order["started"]}
    answer = index.main_handler(order["event"], order["context"])
    marks |= {"answered_s": time.process_time(), "answered_wall_s": time.monotonic() - order["started"]}
    with open(answer_file, "w", encoding="utf-8") as file:  # noqa: PTH123
        json.dump({**marks, "answer": answer}, file, default=str)
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
