"""The parts of `./scripts/bench render`."""
