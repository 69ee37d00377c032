"""How the emulated API says no."""

from lo_bot_api_emulator import ApiRefusal  # type: ignore[import-untyped]


def refusal(description: str, status: int = 400, **parameters: int) -> Exception:
    """Return a refusal, to be raised."""
    kind = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 429: "Too Many Requests"}
    refused: Exception = ApiRefusal(
        f"{kind[status]}: {description}" if status in kind else description,
        status,
        parameters or None,
    )
    return refused
