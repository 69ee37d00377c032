"""E-books (EPUB) to `Document`s."""
