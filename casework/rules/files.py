"""What must lie in the file of a case, by what is known of the case."""


def expected(always, *, agreement, confirmation, fulfilment):
    """Return the codes of the papers a file must hold, ``always`` first.

    The agreement only where it is written; of an oral one the record is kept instead (People's
    Mediation Law, art. 28). The court's papers where it confirmed, the proof where it was
    fulfilled.
    """
    codes = [code for code in always if code != "agreement" or agreement == "written"]
    if agreement == "oral" and "record" not in codes:
        codes.append("record")
    if confirmation == "confirmed":
        codes.append("confirmation")
    if fulfilment == "fulfilled":
        codes.append("fulfilment")
    return codes


def missing(expected_codes, found):
    """Return the codes of what should be there and is not, in their order."""
    return [code for code in expected_codes if code not in found]
