"""Yes/no questions and false premises: what they claim, and what a sentence says to that."""
