"""SQL and Redis: what Mojian remembers. One store per aggregate; domain types in, domain types out."""
