"""The bureau's lists of words, found by name or synonym."""

import re

from registry.imports.places import plain

ENDINGS = re.compile(r"(?:类)?(?:矛盾)?(?:纠纷|争议)?(?:调解)?(?:类)?$")


class Terms:
    """A list the bureau keeps; what is not in it stays a word."""

    def __init__(self, model):
        self.pks = {}
        for pk, name, synonyms in model.objects.values_list("pk", "name", "synonyms"):
            for word in (name, *synonyms):
                self.pks.setdefault(plain(word), pk)
                self.pks.setdefault(ENDINGS.sub("", plain(word)), pk)

    def read(self, words):
        """Return the sorted primary keys the words stand for, and the words that stand for none."""
        found, others = set(), []
        for word in words:
            key = plain(word)
            pk = self.pks.get(key) or self.pks.get(ENDINGS.sub("", key) or None)
            if pk:
                found.add(pk)
            else:
                others.append(word)
        return sorted(found), others
