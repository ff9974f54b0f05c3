"""Cold starts: every function in a new process from its built package, and two of them beside a FastAPI service."""
