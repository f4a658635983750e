"""The form for the public, page by page. It keeps nothing but a draft, and that half an hour."""
