"""Who said it: quotations, reported statements and their speakers, by rules on the words."""
