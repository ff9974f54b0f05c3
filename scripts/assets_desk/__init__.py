"""Publishing resume templates to the asset store, and checking what is there."""
