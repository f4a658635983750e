"""Named questions about pages."""

from wagtail.models import PageManager, PageQuerySet


class NewsQuerySet(PageQuerySet):
    def latest_first(self):
        return self.order_by("-published_on", "-pk")


NewsManager = PageManager.from_queryset(NewsQuerySet)
