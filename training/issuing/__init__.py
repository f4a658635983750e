"""How certificates are issued: keys, numbers, files, and the work of a bulk issue."""
