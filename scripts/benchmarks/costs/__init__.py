"""What one resume uses, read from the platform's log lines, and what that costs at given prices."""
