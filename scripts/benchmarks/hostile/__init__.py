"""Files made to break a reader, and files broken at random: how each ends, how long it takes, how much memory it needs."""
