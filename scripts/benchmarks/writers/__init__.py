"""Writers of files that a benchmark or a test needs and nobody else would want."""
