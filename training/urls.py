"""The public pages of training, and those of the mediators."""

urlpatterns = []
