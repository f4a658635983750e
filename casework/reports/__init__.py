"""What casework shows of its figures."""
