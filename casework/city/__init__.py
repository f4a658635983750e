"""The invented county of cases, built through the actions."""
