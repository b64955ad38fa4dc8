"""Where a request came from: the network of its address, as wide as whoever asks wants it."""

from ipaddress import ip_address, ip_network


def network_of(address: str, *, four: int, six: int) -> str:
    """The network, of so many bits in IPv4 and in IPv6; "" for what is no address."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if found.version == 6 and found.ipv4_mapped:
        found = found.ipv4_mapped
    return str(ip_network((found, four if found.version == 4 else six), strict=False))


def household_of(address: str) -> str:
    """Of IPv6 the /64, which is one household's: whoever has it has all its addresses."""
    return network_of(address, four=32, six=64) or address
