"""Where a running local cloud says how to reach it: read by the command line without loading the cloud."""

CONTROL_FILE = "control.json"
"""In the state directory: the process id and every address of the running cloud."""
