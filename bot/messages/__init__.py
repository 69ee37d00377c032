"""What the bot says of its own, in one place: short, consistent, and ready to be translated.

The article's words are none of it, and what goes wrong is told by the errors themselves. A text is
found by its `Key`; `english.py` has the English ones. Another language is a catalogue of the same
keys, with its own plural forms; `complaints` tells what one of them lacks.
"""
