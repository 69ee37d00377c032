import ssl
from dataclasses import dataclass, field
from ipaddress import ip_address

import httpcore
import pytest

from index.fetching.budget import OVERHEAD_BYTES, Budget
from index.fetching.connecting import BudgetedStream, PinnedBackend
from index.fetching.errors import TooLargeError, TooSlowError
from index.fetching.limits import FetchLimits
from tests.fetching.test_budget import Clock
from tests.fetching.web import OTHER_PUBLIC, PUBLIC, PUBLIC_IPV6

ADDRESSES = tuple(map(ip_address, (PUBLIC_IPV6, PUBLIC, OTHER_PUBLIC)))


@dataclass
class FakeStream(httpcore.NetworkStream):
    """Gives the same piece for ever; each call takes its seconds."""

    clock: Clock
    seconds: float = 0
    piece: bytes = b"x"
    reads: int = 0
    closed: bool = False
    timeouts: list[float | None] = field(default_factory=list)
    failure: Exception | None = None

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self.reads += 1
        self._pass(timeout)
        return self.piece

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._pass(timeout)

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        self._pass(timeout)
        return self

    def close(self) -> None:
        self.closed = True

    def _pass(self, timeout: float | None) -> None:
        self.timeouts.append(timeout)
        self.clock.now += self.seconds
        if self.failure is not None:
            raise self.failure


class FakeDialer(httpcore.NetworkBackend):
    """Fails at the addresses it is told to; the next one answers."""

    def __init__(self, clock: Clock, failures: dict[str, Exception], seconds: float = 0) -> None:
        self.dialed: list[tuple[str, int, float | None]] = []
        self._clock, self._failures, self._seconds = clock, failures, seconds

    def connect_tcp(  # type: ignore[override]
        self, host: str, port: int, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        self.dialed.append((host, port, timeout))
        self._clock.now += self._seconds
        if host in self._failures:
            raise self._failures[host]
        return FakeStream(self._clock)


def budget_of(clock: Clock, limits: FetchLimits | None = None) -> Budget:
    return Budget(limits or FetchLimits(), "http://news.example/", clock)


def test_the_checked_address_is_dialed_and_not_the_name() -> None:
    clock = Clock()
    dialer = FakeDialer(clock, {})

    PinnedBackend(ADDRESSES, dialer, budget_of(clock)).connect_tcp("evil.example", 443, timeout=999)

    assert dialer.dialed == [(PUBLIC_IPV6, 443, 10)]


def test_the_next_one_is_dialed_if_one_fails() -> None:
    clock = Clock()
    failures = {PUBLIC_IPV6: httpcore.ConnectError(), PUBLIC: httpcore.ConnectTimeout()}
    dialer = FakeDialer(clock, failures)

    PinnedBackend(ADDRESSES, dialer, budget_of(clock)).connect_tcp("news.example", 80)

    assert [host for host, _, _ in dialer.dialed] == [PUBLIC_IPV6, PUBLIC, OTHER_PUBLIC]


def test_the_last_failure_is_told() -> None:
    clock = Clock()
    failures = [
        httpcore.ConnectError("1"),
        httpcore.ConnectTimeout("2"),
        httpcore.ConnectError("3"),
    ]
    dialer = FakeDialer(clock, dict(zip(map(str, ADDRESSES), failures, strict=True)))

    with pytest.raises(httpcore.ConnectError, match="3"):
        PinnedBackend(ADDRESSES, dialer, budget_of(clock)).connect_tcp("news.example", 80)


def test_a_thousand_silent_addresses_take_no_longer_than_one() -> None:
    clock = Clock()
    addresses = [ip_address(f"93.184.{n // 256}.{n % 256}") for n in range(1_000)]
    failures: dict[str, Exception] = {str(one): httpcore.ConnectTimeout() for one in addresses}
    dialer = FakeDialer(clock, failures, seconds=10)

    with pytest.raises(TooSlowError):
        PinnedBackend(addresses, dialer, budget_of(clock)).connect_tcp("news.example", 80)

    assert [seconds for _, _, seconds in dialer.dialed] == [10, 10, 10]


def test_a_byte_every_few_seconds_is_not_waited_for_longer_than_a_silent_one() -> None:
    clock = Clock()
    stream = FakeStream(clock, seconds=4)
    budgeted = BudgetedStream(stream, budget_of(clock))

    with pytest.raises(TooSlowError):
        for _ in range(1_000):
            budgeted.read(65_536, timeout=999)

    assert stream.timeouts == [30, 26, 22, 18, 14, 10, 6, 2]


def test_a_silence_is_told_as_such() -> None:
    clock = Clock()
    budgeted = BudgetedStream(FakeStream(clock, failure=httpcore.ReadTimeout()), budget_of(clock))

    with pytest.raises(TooSlowError):
        budgeted.read(65_536)


def test_who_takes_nothing_is_not_waited_for() -> None:
    clock = Clock()
    stream = FakeStream(clock, failure=httpcore.WriteTimeout())

    with pytest.raises(TooSlowError):
        BudgetedStream(stream, budget_of(clock)).write(b"GET / HTTP/1.1\r\n")

    assert stream.timeouts == [30]


def test_bytes_are_counted_before_and_after_tls() -> None:
    clock = Clock()
    stream = FakeStream(clock, piece=b"x" * 100_000)
    budgeted = BudgetedStream(stream, budget_of(clock, FetchLimits(max_bytes=1)))

    budgeted.read(65_536)
    inside = budgeted.start_tls(ssl.create_default_context(), "news.example")
    with pytest.raises(TooLargeError):
        for _ in range(1_000):
            inside.read(65_536)

    assert stream.reads == OVERHEAD_BYTES // 100_000 + 1


def test_a_handshake_has_the_time_of_a_connection() -> None:
    clock = Clock()
    stream = FakeStream(clock)

    BudgetedStream(stream, budget_of(clock)).start_tls(ssl.create_default_context(), "a", 999)

    assert stream.timeouts == [10]


@pytest.mark.parametrize("seconds", [0, 31])
def test_a_connection_without_trust_is_closed(seconds: float) -> None:
    clock = Clock()
    stream = FakeStream(clock, failure=httpcore.ConnectError())
    budget = budget_of(clock)
    clock.now += seconds

    with pytest.raises(TooSlowError if seconds else httpcore.ConnectError):
        BudgetedStream(stream, budget).start_tls(ssl.create_default_context(), "a")

    assert stream.closed
