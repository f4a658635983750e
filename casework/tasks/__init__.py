"""What casework does in the background; each wrapper makes one call."""
