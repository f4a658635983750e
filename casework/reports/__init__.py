"""What is read from casework: figures and tables, composed for people."""
