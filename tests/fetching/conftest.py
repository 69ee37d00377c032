from collections.abc import Iterator

import pytest

from tests.fetching.web import Web


@pytest.fixture
def web() -> Iterator[Web]:
    built = Web()
    yield built
    built.close()
