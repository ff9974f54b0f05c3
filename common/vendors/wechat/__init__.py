"""WeChat's own API for mini-programs: login, the shared access token, subscription messages."""
