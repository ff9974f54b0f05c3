"""Job boards, one client for all: what a board calls things is a mapping file in boards/, its keys are settings."""
