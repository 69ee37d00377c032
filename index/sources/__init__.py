"""Every kind of source, from its bytes to a `Document`."""
