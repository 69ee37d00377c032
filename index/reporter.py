"""`Reporter`: how the index tells a person what it does, without knowing of any screen."""


class Reporter:
    """Is told of long work and of things a person should know; this one keeps silent."""

    def notice(self, message: str) -> None:
        """Take one line for a person."""

    def progress(self, done: int, total: int, activity: str = "Embedding") -> None:
        """Take how much of an activity is done, of how much. May be called from any thread."""
