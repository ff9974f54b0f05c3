"""Changing the key rings of sessions and personal data."""
