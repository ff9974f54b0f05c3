"""Fictional people x templates x formats x degradations: resumes with truth, the same for the same seed.

person → sheet (a template's arrangement) → file (a format's writer) → damaged file (a degradation).
"""
