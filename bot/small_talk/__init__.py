"""What is typed that asks nothing of the article, and how that is told from a question."""
