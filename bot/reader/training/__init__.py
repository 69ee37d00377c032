"""Training a reader: questions and passages with and without an answer, and the steps."""
