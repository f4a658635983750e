"""What the rules of training say: pure functions over values and loaded rows."""
