"""What is read together from several tables of casework."""
