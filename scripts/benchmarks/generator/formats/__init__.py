"""Writers: a sheet becomes a file of one format. Each takes the sheet alone and returns bytes, the same for the same sheet."""
