"""What the register writes to people: papers and letters, one module for each noun."""
