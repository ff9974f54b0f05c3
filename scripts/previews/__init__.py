"""Pictures of the resume templates, made from fictional people: a small one each for the shelf, one sheet for docs."""
