"""The commands of ./scripts/local: `up` runs the cloud, the others talk to a running one."""
