"""Word documents (.docx) to `Document`s."""
