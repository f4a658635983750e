"""Why one person comes out as it does in a dry run, in the words that the person reads as well."""

from grading.notices.clauses import Line, found_words, lines_of

__all__ = ["Line", "found_words", "lines_of"]
