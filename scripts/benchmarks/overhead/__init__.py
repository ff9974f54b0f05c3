"""What stands between a warm function's event and its answer, beside Powertools' resolver on the same event."""
