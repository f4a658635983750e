"""Officers' posts: a role in a division or an organisation. Never given to oneself."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.desk.acts import Act
from office.desk.columns import Column, Section, facts_of
from office.desk.filters import Filters, choice, contains
from office.desk.history import name_acts
from office.desk.viewset import DeskViewSet
from office.roles import Role
from registry.actions import posts
from registry.forms.staff import EndPostForm, NewPostForm
from registry.models import Post

name_acts(
    grant=gettext_lazy("Give the post"),
    propose=gettext_lazy("Give the post, to be confirmed"),
)


class PostFilters(Filters):
    name = contains("user__name", gettext_lazy("Person's name"))
    role = choice("role", gettext_lazy("Role"), Role.choices)

    class Meta:
        model = Post
        fields = []


def standing(post):
    """Where a post stands today, with the tone of its tag."""
    today = timezone.localdate()
    if post.until_on is not None and post.until_on <= today:
        return _("not in force"), "plain"
    if not post.is_confirmed:
        return _("to be confirmed by a second officer"), "warn"
    return (_("in force"), "ok") if post.from_on <= today else (_("not in force"), "plain")


class PostDesk(DeskViewSet):
    name = "posts"
    icon = "key"
    model = Post
    title = gettext_lazy("Posts and grants")
    related = ("user", "division", "organization")
    filterset_class = PostFilters
    list_columns = (
        Column(name="user", label=gettext_lazy("Account"), value=lambda row: str(row.user)),
        "role",
        Column(name="place", label=gettext_lazy("Where"), value=lambda row: str(row.place)),
        "from_on",
        "until_on",
        Column(
            name="in_force",
            label=gettext_lazy("State"),
            value=lambda row: standing(row)[0],
            tone=lambda row: standing(row)[1],
        ),
    )
    add_form_class = NewPostForm
    add = staticmethod(posts.appoint_officer)
    acts = (
        Act(
            name="confirm",
            label=gettext_lazy("Confirm the post"),
            take=posts.confirm_post,
            permission="change",
            offered=lambda row: not row.is_confirmed,
            grave=True,
        ),
        Act(
            name="end",
            label=gettext_lazy("End the post"),
            take=posts.end_officers_post,
            permission="change",
            form_class=EndPostForm,
            offered=lambda row: row.until_on is None,
            grave=True,
            icon="cross",
        ),
    )

    def initial(self, request):
        return {"from_on": timezone.localdate()}

    def tags(self, record):
        return [standing(record)]

    def sections(self, record, page):
        facts = [
            (_("Account"), f"{record.user} ({record.user.username})"),
            (_("Where"), record.place),
        ]
        facts += facts_of(record, "role", "from_on", "until_on", "granted_by", "confirmed_by")
        return [Section(name="data", heading=_("Post"), icon="key", facts=facts)]
