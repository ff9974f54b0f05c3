"""Reading files in a child process: what a hostile file can break is thrown away with the process."""
