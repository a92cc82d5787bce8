"""Who may ask while others wait: no client takes more than its share of a crowded service."""

import ipaddress

from limits import RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from glokal.errors import ServiceBusy

NETWORK_BITS = 64
"""A single client has so many bits of an IPv6 address for itself, as a rule (RFC 6177)."""


class Admission:
    """Counts the queries of each client while the service is crowded, and only then."""

    def __init__(self, share: int) -> None:
        """Nobody is known yet.

        Args:
            share: the queries a second that each client may send into a crowd.
        """
        self._share = RateLimitItemPerSecond(share)
        self._limiter = FixedWindowRateLimiter(MemoryStorage())

    def enter(self, client: str) -> None:
        """Let a client’s query into a crowd.

        Raises:
            ServiceBusy: this second, the client has had its share.
        """
        if not self._limiter.hit(self._share, client_of(client)):
            raise ServiceBusy("Others are waiting, and you have had your share; try again later.")


def client_of(address: str) -> str:
    """What stands for one client: an IPv4 address, or the network of an IPv6 address."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    if ip.version == 4:
        return address
    return str(ipaddress.ip_network((ip.packed, NETWORK_BITS), strict=False))
