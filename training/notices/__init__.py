"""What training writes to people."""
