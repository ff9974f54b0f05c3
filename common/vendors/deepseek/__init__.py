"""DeepSeek, and any other host that speaks the same chat completions."""
