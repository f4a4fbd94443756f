"""What the machine can reach, and what it cannot."""

import fcntl
import os
import socket
import struct
import time

from behave import given, then

LINKS = "/sys/class/net"
SIOCGIFADDR = 0x8915
# Public resolvers that answer on these ports wherever there is a way to them.
OUTSIDE = (("1.1.1.1", 443), ("8.8.8.8", 53))
CONNECT_SECONDS = 3


@given("a network link")
def network_link(context):
    context.links = [link for link in os.listdir(LINKS) if os.path.exists(f"{LINKS}/{link}/device")]
    if not context.links:
        context.scenario.skip("the machine has no network link")


@then("the link has an address within {seconds:d} seconds")
def link_has_address(context, seconds):
    deadline = time.monotonic() + seconds
    while not any(map(address, context.links)):
        assert time.monotonic() < deadline, f"{', '.join(context.links)} got no address in {seconds} seconds"
        time.sleep(0.5)


def address(link):
    """An address that somebody gave to this link: not the one that a host makes up for itself."""
    request = struct.pack("256s", link.encode()[:15])
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            found = socket.inet_ntoa(fcntl.ioctl(asking.fileno(), SIOCGIFADDR, request)[20:24])
        except OSError:
            return global_ipv6(link)
    return found if not found.startswith("169.254.") else global_ipv6(link)


def global_ipv6(link):
    try:
        with open("/proc/net/if_inet6", encoding="ascii") as table:
            rows = [line.split() for line in table]
    except FileNotFoundError:
        return None
    return next((row[0] for row in rows if row[5] == link and row[3] == "00"), None)


@given("a lab that promises an isolated network")
def isolated_network(context):
    if "isolated-network" not in context.lab["promises"]:
        context.scenario.skip("this lab does not promise an isolated network")


@then("no connection to the outside succeeds")
def outside_unreachable(context):
    for host, port in OUTSIDE:
        try:
            socket.create_connection((host, port), timeout=CONNECT_SECONDS).close()
        except OSError:
            continue
        raise AssertionError(f"{host}:{port} could be reached from the machine")
