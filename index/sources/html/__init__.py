"""HTML pages: from the bytes of one to a `Document`."""
