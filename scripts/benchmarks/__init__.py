"""Benchmarks: what is measured, against which peer or limit. One `bench_<name>.py` each; `./scripts/bench` finds them."""
