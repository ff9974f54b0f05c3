"""The schema, one file for each kind of row. Rules that must hold under concurrency are constraints here, not code elsewhere.

A function loads the files of the stores it uses; common.persistence.schema loads them all.
"""
