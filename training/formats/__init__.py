"""Files of questions, read and written by pure functions: GIFT, Aiken, Moodle XML, tables."""
