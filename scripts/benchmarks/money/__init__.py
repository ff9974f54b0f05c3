"""Money under stress: races, crashes, forged notifications, and what settling costs beside its bare SQL."""
