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

name_acts(grant=gettext_lazy("Give the post"))


class PostFilters(Filters):
    name = contains("user__name", gettext_lazy("Person's name"))
    role = choice("role", gettext_lazy("Role"), Role.choices)

    class Meta:
        model = Post
        fields = []


def in_force(post):
    today = timezone.localdate()
    return post.from_on <= today and (post.until_on is None or post.until_on > today)


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
            value=lambda row: _("in force") if in_force(row) else _("not in force"),
            tone=lambda row: "ok" if in_force(row) else "plain",
        ),
    )
    add_form_class = NewPostForm
    add = staticmethod(posts.appoint_officer)
    acts = (
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

    def sections(self, record, page):
        facts = [
            (_("Account"), f"{record.user} ({record.user.username})"),
            (_("Where"), record.place),
        ]
        facts += facts_of(record, "role", "from_on", "until_on")
        return [Section(name="data", heading=_("Post"), icon="key", facts=facts)]
