"""What the attack tests share: each attack is refused, having read no more than it must."""

import pytest

from index.fetching.errors import FetchError
from index.fetching.fetcher import FetchLimits
from tests.fetching.web import Web

URL = "http://news.example/"
SMALL = FetchLimits(max_bytes=100_000)
# So long is silence waited for.
SHORT = FetchLimits(total_seconds=0.2)
# What one read from the network may bring beyond what is looked at.
ONE_READ = 65_536
METADATA = "169.254.169.254"
START = b"HTTP/1.1 200 OK\r\n"


def refusal(web: Web, limits: FetchLimits | None = None, url: str = URL) -> FetchError:
    with pytest.raises(FetchError) as raised:
        web.fetcher(limits).fetch(url)
    assert str(raised.value).isprintable()
    assert len(str(raised.value)) < 400
    return raised.value
