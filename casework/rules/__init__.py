"""What the rules of casework say: pure functions over values and loaded rows."""
