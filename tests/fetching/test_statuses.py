import pytest

from index.fetching.errors import StatusError
from index.fetching.statuses import check_status

BY_HAND = "Save the page in a browser and read the saved file."


@pytest.mark.parametrize("status", [200, 203])
def test_the_page(status: int) -> None:
    check_status(status, "http://news.example/")


@pytest.mark.parametrize(
    ("status", "meaning"),
    [
        (101, f"is not what the site answers with (status 101). {BY_HAND}"),
        (202, f"is not what the site answers with (status 202). {BY_HAND}"),
        (204, "is empty (status 204). Check the address."),
        (206, f"is not what the site answers with (status 206). {BY_HAND}"),
        (300, f"is not what the site answers with (status 300). {BY_HAND}"),
        (304, f"is not what the site answers with (status 304). {BY_HAND}"),
        (400, "is refused by the site (status 400). Check the address."),
        (401, f"wants a login or keeps programs out (status 401). {BY_HAND}"),
        (402, f"is only for those who pay (status 402). {BY_HAND}"),
        (403, f"wants a login or keeps programs out (status 403). {BY_HAND}"),
        (404, "is not there (status 404). Check the address."),
        (410, "was removed for good (status 410). Look for it in a web archive."),
        (429, "was asked for too often (status 429). Try again later."),
        (451, "may not be shown for legal reasons (status 451). Look for it elsewhere."),
        (499, "is refused by the site (status 499). Check the address."),
        (
            500,
            "cannot be had: the site has a fault or is overloaded (status 500). Try again later.",
        ),
        (
            503,
            "cannot be had: the site has a fault or is overloaded (status 503). Try again later.",
        ),
        (
            999,
            "cannot be had: the site has a fault or is overloaded (status 999). Try again later.",
        ),
    ],
)
def test_what_a_status_means(status: int, meaning: str) -> None:
    with pytest.raises(StatusError) as raised:
        check_status(status, "http://news.example/")

    assert (str(raised.value), raised.value.status) == (f"http://news.example/ {meaning}", status)
