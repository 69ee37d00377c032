"""`Reporter`: how the index tells a person what it does, without knowing of any screen."""


class Reporter:
    """Is told of long work and of things a person should know; this one keeps silent."""

    def notice(self, message: str) -> None:
        """Take one line for a person."""

    def progress(self, done: int, total: int) -> None:
        """Take how many texts are embedded, of how many. May be called from any thread."""
