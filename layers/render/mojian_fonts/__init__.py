"""The fonts of the PDF engine: static TrueType subsets made by `./scripts/build fonts`; licences beside them (OFL-*.txt)."""
