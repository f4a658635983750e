"""An attempt replayed: each saved state in its order, a page for each, without script."""

from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.desk.acts import Act
from office.desk.pages import RecordPage
from office.models import LedgerEntry
from training import actions
from training.rules.answering import in_the_bank
from training.rules.wording import answer_in_words

TAKEN_OVER, LOOKED = "training.attempt.take_over", "training.attempt.replay"


def shown_after(page, attempt):
    """Go on to the saved states once the reason is in the ledger."""
    return redirect(page.desk.url("replay", attempt.pk))


REPLAY = Act(
    name="replay",
    label=gettext_lazy("Look at the saved states"),
    take=actions.look_at_saves,
    permission="replay",
    answer=shown_after,
    icon="history",
)


class ReplayView(RecordPage):
    """Every saved state of an attempt, to who gave the reason today.

    Who is named to mark the exam is not shown whose answers these are.
    """

    action = "replay"
    template_name = "training/desk/replay_page.html"

    def is_permitted(self):
        return super().is_permitted() and not self.is_marker

    @cached_property
    def is_marker(self):
        return self.record.exam.markers.of(self.request.user).exists()

    @cached_property
    def gave_the_reason(self):
        entries = LedgerEntry.objects.of(self.record).filter(act=LOOKED, actor=self.request.user)
        return entries.filter(at__date=self.today).exists()

    def get(self, request, *args, **kwargs):
        if not self.gave_the_reason:
            return redirect(self.desk.url("act", self.record.pk, REPLAY.name))
        return self.render_to_response(self.get_context_data())

    def get_page_title(self):
        return _("Saved states")

    def get_context_data(self, **kwargs):
        saves = list(
            self.record.saves.select_related("item__version__question").order_by("sequence")
        )
        at = self.at(len(saves))
        return super().get_context_data(
            rows=[{"save": save, "words": in_words(save.item, save.value)} for save in saves],
            at=at,
            now=saves[at - 1] if at else None,
            paper=self.paper(saves[:at]) if at else [],
            switches=self.switches(),
            previous=at - 1 if at > 1 else None,
            following=at + 1 if at < len(saves) else None,
            **kwargs,
        )

    def at(self, last):
        """The number of the state that is looked at; the last if none is asked for."""
        wanted = self.request.GET.get("at", "")
        typed = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 9 else last
        return min(max(typed, min(1, last)), last)

    def paper(self, saves):
        """The whole paper as it stood after these saves."""
        standing = {save.item_id: save.value for save in saves if not save.overtaken}
        items = self.record.items.select_related("version__question")
        last = saves[-1].item_id
        return [
            {
                "item": item,
                "words": in_words(item, standing.get(item.pk)),
                "is_now": item.pk == last,
            }
            for item in items
        ]

    def switches(self):
        """When another device took the attempt over."""
        entries = LedgerEntry.objects.of(self.record).filter(act=TAKEN_OVER)
        return [entry.at for entry in entries.order_by("sequence")]


def in_words(item, value):
    """Return a saved answer as people read it."""
    kind, content = item.version.question.kind, item.version.content
    return answer_in_words(kind, content, in_the_bank(kind, item.frozen, value))
