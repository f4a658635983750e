"""What grading writes to people: announcements and statements of reasons."""
