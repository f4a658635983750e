"""What casework writes to people."""
