"""What the AI benchmark is measured on: pairs and labels written without a look at the rules they test."""
