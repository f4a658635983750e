"""The law a question rests on: read from text, and held against what has been repealed since.

The list of changes is dated data (``fixtures/training/laws.json``). What is found is a remark for a
person; no question is changed by it.
"""

import re
from datetime import date

from training.rules.remarks import remark

COUNTRY = "中华人民共和国"
LONGEST = 200
ARTICLE = re.compile(r"^(?P<law>.+?)(?P<article>第[\d零一二三四五六七八九十百千]+.*)$", re.DOTALL)
PLAIN_ARTICLE = re.compile(r"第([\d、，,]+)条")
EDITION = re.compile(r"^(?P<law>.+?)\s*[(（](?P<year>(?:19|20)\d\d)(?:年[^)）]*)?[)）]$")
NUMBERS = re.compile(r"\d+")
PARTS = re.compile(r"[;；\n]")
# Behind a name these make a longer word of it: 合同法律, 继承法定.
LONGER = "[律定院人学理官规制庭]"
NOT_A_LAW = re.compile(r"^[(（].*[)）]$")


def read_laws(text):
    """Return [{"law", "article"}] of a text such as ``人民调解法第4、5条;民法典第1127条``."""
    found = []
    for typed in PARTS.split(text):
        part = typed.strip().strip("《")
        if not part or NOT_A_LAW.match(part):
            continue
        match = ARTICLE.match(part)
        law, article = (match["law"], match["article"]) if match else (part, "")
        law = law.replace("》", "").strip()[:LONGEST]
        bare = PLAIN_ARTICLE.fullmatch(article)
        found.append({"law": law, "article": bare[1] if bare else article})
    return found


def law_line(basis):
    """Return one law with its article as people write it."""
    article = basis["article"]
    if PLAIN_ARTICLE.fullmatch(f"第{article}条"):
        article = f"第{article}条"
    return f"{basis['law']}{article}"


def law_lines(law_basis):
    """Return the laws a question rests on, one a line."""
    return "\n".join(law_line(basis) for basis in law_basis)


def outdated(stem, content, law_basis, changes, on):
    """Return a remark for each law named that was repealed, renumbered or revised by that day.

    ``changes`` is the content of the list of laws.
    """
    texts = "\n".join([stem, *_option_texts(content)])
    cited = [_cited(basis) for basis in law_basis]
    ruling = {
        name: [change for change in changes[name] if _day(change) <= on]
        for name in ("repealed", "revised", "renumbered")
    }
    return [
        *_repealed(texts, cited, ruling["repealed"]),
        *_older(cited, ruling["revised"]),
        *_renumbered(cited, ruling["renumbered"]),
    ]


def _repealed(texts, cited, changes):
    return [
        remark("repealed_law", law=change["law"], since=change["since"], instead=change["instead"])
        for change in changes
        if _is_named(change, texts, cited)
    ]


def _older(cited, changes):
    return [
        remark("older_edition", law=change["law"], since=change["since"])
        for change in changes
        if any(
            law == change["law"] and year and year < change["edition"] for law, year, _art in cited
        )
    ]


def _option_texts(content):
    options = content.get("options", ())
    return [option["text"] for option in options]


def _cited(basis):
    """Return (law without its country, year of the edition or None, article)."""
    law = basis["law"].strip()
    match = EDITION.match(law)
    year = int(match["year"]) if match else None
    law = match["law"] if match else law
    return law.strip("《》").removeprefix(COUNTRY), year, basis["article"]


def _day(change):
    return date.fromisoformat(change["since"])


def _is_named(change, texts, cited):
    name = re.escape(change["law"])
    longer = "".join(f"(?<!{re.escape(before)})" for before in change.get("not_after", ()))
    pattern = rf"《(?:{COUNTRY})?{name}》|{longer}{name}(?!{LONGER})"
    return any(law == change["law"] for law, _year, _art in cited) or bool(
        re.search(pattern, texts)
    )


def _renumbered(cited, changes):
    """A law cited without edition, or in an older one, by a number that meant something else."""
    return [
        remark(
            "renumbered",
            law=change["law"],
            since=change["since"],
            article=change["article"],
            now=change["now"],
        )
        for change in changes
        if any(
            law == change["law"]
            and (year is None or year < change["edition"])
            and change["article"] in NUMBERS.findall(article)
            for law, year, article in cited
        )
    ]
