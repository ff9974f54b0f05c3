"""A cloud on this machine: vendor fakes, an embedded Redis and an SCF emulator. Never imports the product."""
