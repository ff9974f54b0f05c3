"""What the AI benchmark is measured on, and the tests with it: pairs and labels.

Lists ending in `_blind` were written without a look at the rules they test, before those were fitted to them.
"""
