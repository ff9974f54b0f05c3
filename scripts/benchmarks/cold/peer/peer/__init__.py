"""What both peer functions share."""
