"""Short messages through Tencent Cloud."""
