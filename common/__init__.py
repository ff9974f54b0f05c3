"""Everything the functions share; see docs/architecture.md for who may import whom."""
