"""What an editor may put into a page. Every block has a plain template without inline style."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

TEXT_FEATURES = ["bold", "h3", "ol", "ul", "link", "document-link"]


class TableBlock(blocks.StructBlock):
    """A table with a caption and a head row, so that it can be read aloud."""

    caption = blocks.CharBlock(label=_("caption"))
    head = blocks.ListBlock(blocks.CharBlock(), label=_("headings"))
    rows = blocks.ListBlock(
        blocks.ListBlock(blocks.CharBlock(required=False), label=_("cells")), label=_("rows")
    )

    class Meta:
        template = "portal/blocks/table.html"
        icon = "table"
        label = _("table")


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("question"))
    answer = blocks.RichTextBlock(features=TEXT_FEATURES, label=_("answer"))

    class Meta:
        icon = "help"
        label = _("question and answer")


class BodyBlock(blocks.StreamBlock):
    """The body of a page."""

    heading = blocks.CharBlock(
        template="portal/blocks/heading.html", icon="title", label=_("heading")
    )
    text = blocks.RichTextBlock(features=TEXT_FEATURES, icon="pilcrow", label=_("text"))
    remark = blocks.RichTextBlock(
        features=["bold", "link"],
        template="portal/blocks/remark.html",
        icon="info-circle",
        label=_("remark"),
    )
    table = TableBlock()
    questions = blocks.ListBlock(
        QuestionBlock(),
        template="portal/blocks/questions.html",
        icon="help",
        label=_("questions and answers"),
    )
