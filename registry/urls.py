"""The public pages of the register."""

urlpatterns = []
