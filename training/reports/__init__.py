"""What training shows of its figures."""
