"""Acts of several officers at the same moment, each on a connection of its own."""

import threading

from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection
from django.utils import translation


def at_once(*acts):
    """Start all acts at the same moment; return what came of each, an error by its name."""
    meet, outcomes = threading.Barrier(len(acts)), []

    def run(act):
        try:
            translation.activate("en")
            meet.wait()
            outcomes.append(act() and "done")
        except ValidationError:
            outcomes.append("refused")
        except DatabaseError as error:
            outcomes.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)
