"""What is written to people, one module for each kind of letter."""
