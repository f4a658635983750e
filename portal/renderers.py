"""How a form is drawn on the public site: one template for every field."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Draw `{{ form }}` and `{{ field.as_field_group }}` with the site's own templates."""

    form_template_name = "portal/includes/form.html"
    field_template_name = "portal/includes/field.html"
