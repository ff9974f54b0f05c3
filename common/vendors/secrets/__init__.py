"""Tencent Cloud's Secrets Manager (SSM): where production keeps what must not stand in environment variables."""
