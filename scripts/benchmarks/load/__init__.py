"""A thousand resumes through the whole local cloud, and an instance that is not let go of."""
