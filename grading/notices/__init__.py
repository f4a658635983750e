"""What people are told in words: clauses with their numbers, announcements, statements."""
