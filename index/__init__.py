"""From a text to ranked passages: everything that knows nothing of questions' answers."""
