"""What a lesson is made of. Every block has a plain template without inline style or script."""

from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

TEXT_FEATURES = ["bold", "ol", "ul", "link"]
# What browsers of phones and computers play without anything added.
VIDEOS = {".mp4": "video/mp4", ".webm": "video/webm"}
FEWEST_OPTIONS, MOST_OPTIONS = 2, 8


def suffix_of(document):
    """Return how the name of a document's file ends, in small letters."""
    return PurePath(document.filename).suffix.lower()


class VideoBlock(blocks.StructBlock):
    """A film that lies on this site, and the same in words for who cannot see or hear it."""

    file = DocumentChooserBlock(label=gettext_lazy("video file (.mp4 or .webm)"))
    title = blocks.CharBlock(max_length=100, label=gettext_lazy("title"))
    text = blocks.RichTextBlock(
        features=TEXT_FEATURES, label=gettext_lazy("the same in words"), required=True
    )

    class Meta:
        template = "training/blocks/video.html"
        icon = "media"
        label = gettext_lazy("video")

    def clean(self, value):
        value = super().clean(value)
        if suffix_of(value["file"]) not in VIDEOS:
            wrong = ValidationError(_("Choose a file that ends in .mp4 or .webm."))
            raise StructBlockValidationError(block_errors={"file": wrong})
        return value

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        return context | {"content_type": VIDEOS.get(suffix_of(value["file"]), "")}


class OptionBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=300, label=gettext_lazy("option"))
    correct = blocks.BooleanBlock(required=False, label=gettext_lazy("right"))

    class Meta:
        icon = "list-ul"
        label = gettext_lazy("option")


class QuizQuestionBlock(blocks.StructBlock):
    """A question with options, of which one or several are right, never none or all."""

    stem = blocks.TextBlock(max_length=1000, rows=3, label=gettext_lazy("question text"))
    options = blocks.ListBlock(
        OptionBlock(),
        min_num=FEWEST_OPTIONS,
        max_num=MOST_OPTIONS,
        label=gettext_lazy("options"),
    )
    explanation = blocks.TextBlock(
        required=False, max_length=1000, rows=3, label=gettext_lazy("explanation")
    )
    article = blocks.CharBlock(
        required=False,
        max_length=120,
        label=gettext_lazy("article"),
        help_text=gettext_lazy("The article of the law the answer rests on."),
    )

    class Meta:
        icon = "help"
        label = gettext_lazy("question")

    def clean(self, value):
        value = super().clean(value)
        right = [option["correct"] for option in value["options"]]
        texts = [option["text"].strip() for option in value["options"]]
        if not any(right) or all(right):
            raise self.wrong(_("Mark at least one option as right, and leave at least one wrong."))
        if len(set(texts)) < len(texts):
            raise self.wrong(_("Two options say the same."))
        return value

    @staticmethod
    def wrong(sentence):
        return StructBlockValidationError(block_errors={"options": ValidationError(sentence)})


class QuizBlock(blocks.StructBlock):
    """Short questions that prove the study of what stands before them."""

    questions = blocks.ListBlock(
        QuizQuestionBlock(), min_num=1, max_num=20, label=gettext_lazy("questions")
    )

    class Meta:
        template = "training/blocks/quiz.html"
        icon = "help"
        label = gettext_lazy("quiz")


class LessonBlock(blocks.StreamBlock):
    """The body of a lesson."""

    heading = blocks.CharBlock(
        max_length=100,
        template="training/blocks/heading.html",
        icon="title",
        label=gettext_lazy("heading"),
    )
    paragraph = blocks.RichTextBlock(
        features=TEXT_FEATURES, icon="pilcrow", label=gettext_lazy("text")
    )
    image = ImageBlock(
        template="training/blocks/image.html", icon="image", label=gettext_lazy("image")
    )
    video = VideoBlock()
    document = DocumentChooserBlock(
        template="training/blocks/document.html",
        icon="doc-full",
        label=gettext_lazy("document to download"),
    )
    quiz = QuizBlock()
