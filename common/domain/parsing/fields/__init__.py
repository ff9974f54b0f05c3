"""One file per field: what it looks like, and where it goes."""
