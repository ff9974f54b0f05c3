"""Alibaba Cloud OSS: the bucket of what belongs to the product itself, resume templates and their pictures."""
