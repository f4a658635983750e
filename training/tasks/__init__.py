"""What training does in the background; each wrapper makes one call."""
