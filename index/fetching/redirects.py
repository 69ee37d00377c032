"""Where a redirect leads: taken as browsers take it, then checked like any other address."""

from collections.abc import Mapping
from urllib.parse import urljoin

from index.fetching.errors import AddressError, RedirectError
from index.fetching.urls import MAX_URL_LENGTH, WebAddress, parse_url, shown

REDIRECTS = frozenset({301, 302, 303, 307, 308})


def next_address(
    address: WebAddress, headers: Mapping[str, str], allowed_ports: frozenset[int]
) -> WebAddress:
    """Return the address that a response leads on to.

    From https to http is followed, as browsers do: nothing secret is sent, and what is read is
    named by the address at the end.

    Args:
        address: that was asked for.
        headers: of the response, by their names in lower case.
        allowed_ports: ports that may be connected to.

    Raises:
        RedirectError: if it names no address, or one of a form that is not fetched.
    """
    location = headers.get("location", "")
    if not location:
        raise RedirectError(
            f"{address} leads on to another address and does not name it. "
            "Open it in a browser and use the address at which it ends."
        )
    # Too long to be one; and no work for those that are.
    target = location if len(location) > MAX_URL_LENGTH else _joined(address, location)
    try:
        return parse_url(target, allowed_ports)
    except AddressError as error:
        raise RedirectError(
            f"{address} leads on to an address that is not read. {error}"
        ) from error


def _joined(address: WebAddress, location: str) -> str:
    try:
        return urljoin(address.url, location.replace(" ", "%20"))
    except ValueError as error:
        raise RedirectError(
            f"{address} leads on to {shown(location)}, which is no address. "
            "Open it in a browser and use the address at which it ends."
        ) from error
