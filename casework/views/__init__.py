"""The pages of casework outside the desk."""
