"""Sessions, encryption of personal data, and what may appear in a log."""
