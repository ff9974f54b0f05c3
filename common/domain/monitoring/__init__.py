"""Watching ourselves: what is counted, where the limits are, and how an operator is told. Pure; the limits are a table."""
