"""What officers may type about grading, one module for each noun."""
