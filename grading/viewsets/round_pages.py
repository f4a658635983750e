"""The pages of rounds beside their list."""

from grading.viewsets.scheme_pages import VersionView


class RoundView(VersionView):
    """A round. What is held above is read here and acted on by nobody below."""
