"""Tencent COS: the private bucket."""
