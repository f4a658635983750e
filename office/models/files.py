from django.core.files.storage import storages


def private_files():
    """Return the storage whose files have no address: nothing in it is ever served directly."""
    return storages["private"]
