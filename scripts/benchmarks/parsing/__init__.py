"""The parts of `./scripts/bench parse`: each a module with `figures(options) -> Iterator[Figure]`."""
