"""Parts of ./scripts/bench jobs."""
