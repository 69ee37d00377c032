"""A name server of this machine, and a resolver that asks it over UDP."""

import socketserver
from collections.abc import Callable, Sequence
from ipaddress import ip_address

import dns.exception
import dns.message
import dns.rdatatype
import dns.resolver
import dns.rrset

from index.fetching.addresses import IPAddress
from tests.fetching.serving import Serving

# Name and number of the question (from 0) → addresses; all with a time to live of 0 seconds.
Answers = Callable[[str, int], Sequence[str]]


class NameServer(Serving):
    """Answers questions for IPv4 addresses; loopback only."""

    def __init__(self, answers: Answers) -> None:
        self.asked: list[str] = []
        owner = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                packet, connection = self.request
                connection.sendto(owner._answer(packet), self.client_address)

        self._answers = answers
        super().__init__(socketserver.UDPServer(("127.0.0.1", 0), Handler))

    def _answer(self, packet: bytes) -> bytes:
        query = dns.message.from_wire(packet)
        name = query.question[0].name
        host = name.to_text(omit_final_dot=True)
        addresses = self._answers(host, len(self.asked))
        self.asked.append(host)
        reply = dns.message.make_response(query)
        reply.answer.append(dns.rrset.from_text(name, 0, "IN", "A", *addresses))
        return reply.to_wire()


class DnsResolver:
    """A resolver as the fetcher wants one, over the wire."""

    def __init__(self, port: int) -> None:
        self._resolver = dns.resolver.Resolver(configure=False)
        self._resolver.nameservers = ["127.0.0.1"]
        self._resolver.port = port

    def resolve(self, host: str, seconds: float) -> Sequence[IPAddress]:
        try:
            found = self._resolver.resolve(host, dns.rdatatype.A, lifetime=seconds, search=False)
        except dns.exception.DNSException as error:
            raise OSError(str(error)) from error
        return [ip_address(record.to_text()) for record in found]
