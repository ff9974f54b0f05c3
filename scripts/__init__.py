"""Operator and developer commands, one verb per file."""
