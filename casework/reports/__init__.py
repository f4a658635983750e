"""What casework reports: figures of many cases, for people who may not see the single ones."""
