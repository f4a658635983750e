"""A certificate as an Open Badge 3.0, signed as a JSON Web Token (section 8.2 of that standard).

Nobody is named: the holder is a salted hash (``IdentityObject``), as the standard provides.
"""

import hashlib
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from training.rules.signatures import compact_jws

CONTEXT = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]
SHANGHAI = ZoneInfo("Asia/Shanghai")


def badge_of(facts, *, address, site):
    """Return the credential of a certificate, as plain values.

    :param address: where the certificate can be verified, also the id of the credential.
    :param site: the address of the site, also the id of the issuer.
    """
    credential = {
        "@context": CONTEXT,
        "id": address,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": facts["kind_name"],
        "issuer": {"id": site, "type": ["Profile"], "name": facts["issuer"], "url": site},
        "validFrom": moment(date.fromisoformat(facts["valid_from"])),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [identity(facts)],
            "achievement": achievement(facts, site),
        },
        "evidence": [{"id": address, "type": ["Evidence"], "narrative": facts["basis"]}],
    }
    if facts["valid_until"]:
        day = date.fromisoformat(facts["valid_until"]) + timedelta(days=1)
        credential["validUntil"] = moment(day)
    return credential


def achievement(facts, site):
    """Return what was achieved: the kind of certificate."""
    return {
        "id": f"{site}verify/#{facts['kind']}",
        "type": ["Achievement"],
        "achievementType": "Certificate",
        "name": facts["kind_name"],
        "description": facts["wording"],
        "criteria": {"narrative": facts["wording"]},
    }


def identity(facts):
    """Return the holder as a hash of the name, salted with the code of the certificate."""
    salted = (facts["name"] + facts["code"]).encode()
    return {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": f"sha256${hashlib.sha256(salted).hexdigest()}",
        "identityType": "name",
        "salt": facts["code"],
    }


def moment(day):
    """Return the beginning of a day in China, as XML Schema writes moments."""
    start = datetime.combine(day, time(), SHANGHAI).astimezone(UTC)
    return start.strftime("%Y-%m-%dT%H:%M:%SZ")


def signed_badge(credential, key):
    """Return the credential as a compact JWT: its own members with the registered claims."""
    claims = {
        "iss": credential["issuer"]["id"],
        "jti": credential["id"],
        "nbf": seconds(credential["validFrom"]),
    }
    if until := credential.get("validUntil"):
        claims["exp"] = seconds(until)
    return compact_jws({**credential, **claims}, key, typ="JWT")


def seconds(text):
    """Return a moment in seconds since 1970."""
    return int(datetime.fromisoformat(text).timestamp())
