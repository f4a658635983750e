"""What the security headers of an answer must say."""

STRICT = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "media-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
INLINE = "'self' 'unsafe-inline'"
# Documented in portal/content_security.py: Wagtail's page editor and its list of accounts.
EXCEPTIONS = {
    "/admin/pages/": {
        "script-src": INLINE,
        "style-src": INLINE,
        "frame-src": "'self'",
        "frame-ancestors": "'self'",
    },
    "/admin/users/": {"script-src": INLINE},
}
# A document of the site is handed out by Wagtail under a policy that lets it do nothing at all.
NOTHING = {"default-src": "'none'"}


def policy_of(response):
    """Return the directives of the content security policy of an answer."""
    parts = [part.split(None, 1) for part in response.get("Content-Security-Policy", "").split(";")]
    return {part[0]: part[1].strip() for part in parts if len(part) == 2}


def policy_faults(address, response):
    """Return a sentence for every header that is weaker than the house's."""
    expected = dict(STRICT)
    for prefix, directives in EXCEPTIONS.items():
        if address.startswith(prefix):
            expected |= directives
    found = policy_of(response)
    faults = [] if found in (STRICT, expected, NOTHING) else [f"policy {found}"]
    if response.get("X-Content-Type-Options") != "nosniff":
        faults.append("no nosniff")
    # Pages opened with a secret code in the address send no referrer at all.
    if response.get("Referrer-Policy") not in {"same-origin", "no-referrer"}:
        faults.append("no referrer policy")
    return faults
