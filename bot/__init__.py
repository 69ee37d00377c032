"""From a question to an answer in front of a person."""
