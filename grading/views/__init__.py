"""The pages of grading outside the officers' desk."""
