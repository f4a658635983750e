"""The pages of grading outside the desk."""
