"""What casework shows and hands out as tables."""
