"""WeChat Pay, the older API (v2): XML."""
