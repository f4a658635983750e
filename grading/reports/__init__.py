"""What is read of grading, one module for each noun."""
