#!/usr/bin/env python3
"""Hosts that answer ICMP echoes as the probed do in bad nights, on a device of their own (tun).

It runs in a network namespace of its own and in no other, so that nothing of the machine is changed:
`unshare --net python3 scripts/misbehaving_echoes.py`. It says `NAME ADDRESS` for each host, then `ready`; who probes them
enters the namespace: `nsenter --net=/proc/PID/ns/net`. Needs ip (iproute2) and /dev/net/tun.
"""
import fcntl, ipaddress, os, socket, struct, subprocess, sys, threading

NETS = {4: ipaddress.ip_network("10.9.0.0/24"), 6: ipaddress.ip_network("fd09::/64")}
# Host 1 of each net is who probes, and this one the router that complains.
ROUTER = 254
LATE = 0.5
HOPS = 57
REPLY = {4: 0, 6: 129}
PROTOCOL = {4: socket.IPPROTO_ICMP, 6: socket.IPPROTO_ICMPV6}


def checksum(data):
    data += b"\0" * (len(data) % 2)
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def packet(version, source, target, message, spoil=0):
    """An IP packet around an ICMP message whose checksum is still 0, and right unless `spoil` is added."""
    source, target = source.packed, target.packed
    pseudo = source + target + struct.pack("!I3xB", len(message), PROTOCOL[6]) if version == 6 else b""
    if len(message) >= 4:
        total = checksum(pseudo + message) + spoil & 0xFFFF
        message = message[:2] + struct.pack("!H", total) + message[4:]
    if version == 6:
        return struct.pack("!IHBB", 6 << 28, len(message), PROTOCOL[6], HOPS) + source + target + message
    head = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(message), 0, 0, HOPS, PROTOCOL[4], 0) + source + target
    return head[:10] + struct.pack("!H", checksum(head)) + head[12:] + message


class Echo:
    """One that came, and what can be made of it."""

    def __init__(self, version, whole):
        self.version, self.whole = version, whole
        at = 20 if version == 4 else 40
        ends = whole[12:20] if version == 4 else whole[8:40]
        half = len(ends) // 2
        self.source, self.target = (ipaddress.ip_address(ends[:half]), ipaddress.ip_address(ends[half:]))
        self.id, self.sequence = struct.unpack("!HH", whole[at + 4:at + 8])
        self.payload = whole[at + 8:]

    def answer(self, id=None, sequence=None, payload=None, code=0, length=None, source=None, spoil=0):
        message = struct.pack("!BBHHH", REPLY[self.version], code, 0, self.id if id is None else id,
                              self.sequence if sequence is None else sequence)
        message += self.payload if payload is None else payload
        return packet(self.version, source or self.target, self.source, message[:length], spoil)

    def complaint(self, kind, code, quoted=None):
        """What a router says of it, which quotes it."""
        message = struct.pack("!BBHI", kind, code, 0, 0) + (quoted or self.whole)
        return packet(self.version, NETS[self.version][ROUTER], self.source, message)

    def other_target(self):
        """Its packet as it would have gone to the router."""
        at, other = (16, 20) if self.version == 4 else (24, 40), NETS[self.version][ROUTER].packed
        return self.whole[:at[0]] + other + self.whole[at[1]:]

    def other_sequence(self):
        """Its packet as none was ever sent."""
        at = 26 if self.version == 4 else 46
        return self.whole[:at] + struct.pack("!H", self.sequence + 9) + self.whole[at + 2:]


def no_host(echo, quoted=None):
    return echo.complaint(3, 1, quoted) if echo.version == 4 else echo.complaint(1, 3, quoted)


def flipped(payload):
    return payload[:-1] + bytes([payload[-1] ^ 1])


# What each host says to an echo, at once. Its number is its place here, from 10 on.
WAYS = {
    "honest": lambda echo: [echo.answer()],
    "twice": lambda echo: [echo.answer(), echo.answer()],
    "second": lambda echo: [echo.answer()] if echo.sequence > 1 else [],
    "mute": lambda echo: [],
    "late": lambda echo: [],
    "other-id": lambda echo: [echo.answer(id=echo.id ^ 0x8000)],
    "other-sequence": lambda echo: [echo.answer(sequence=echo.sequence + 9)],
    "other-payload": lambda echo: [echo.answer(payload=flipped(echo.payload))],
    "other-address": lambda echo: [echo.answer(source=NETS[echo.version][ROUTER])],
    "forged": lambda echo: [echo.answer(payload=flipped(echo.payload)), echo.answer(sequence=0), echo.answer()],
    "other-code": lambda echo: [echo.answer(code=5)],
    "short": lambda echo: [echo.answer(length=12)],
    "head": lambda echo: [echo.answer(length=8)],
    "stump": lambda echo: [echo.answer(length=4)],
    "long": lambda echo: [echo.answer(payload=echo.payload + b"\x1b[2J" * 300)],
    "bad-sum": lambda echo: [echo.answer(spoil=1)],
    "no-host": lambda echo: [no_host(echo)],
    "no-net": lambda echo: [echo.complaint(3, 0) if echo.version == 4 else echo.complaint(1, 0)],
    "prohibited": lambda echo: [echo.complaint(3, 13) if echo.version == 4 else echo.complaint(1, 1)],
    "no-echoes": lambda echo: [echo.complaint(3, 2) if echo.version == 4 else echo.complaint(1, 4)],
    "circle": lambda echo: [echo.complaint(11, 0) if echo.version == 4 else echo.complaint(3, 0)],
    "puzzled": lambda echo: [echo.complaint(12, 0) if echo.version == 4 else echo.complaint(4, 0)],
    # None is an end: another way was named, or another echo was meant.
    "redirected": lambda echo: [echo.complaint(5, 1) if echo.version == 4 else b"", echo.answer()],
    "quenched": lambda echo: [echo.complaint(4, 0) if echo.version == 4 else echo.complaint(2, 0), echo.answer()],
    "other-complaint": lambda echo: [no_host(echo, echo.other_target()), echo.answer()],
    "unsent-complaint": lambda echo: [no_host(echo, echo.other_sequence()), echo.answer()],
}
FIRST = 10


def serve(device):
    names = list(WAYS)
    while True:
        whole = os.read(device, 65536)
        version = whole[0] >> 4
        # An echo request, and nothing that IPv6 says to its neighbours.
        at = {4: 20, 6: 40}.get(version, 0)
        if len(whole) < at + 8 or whole[at] != {4: 8, 6: 128}.get(version):
            continue
        echo = Echo(version, whole)
        number = echo.target.packed[-1] - FIRST
        way = names[number] if 0 <= number < len(names) else "mute"
        if way == "late":
            threading.Timer(LATE, os.write, (device, echo.answer())).start()
        for one in filter(None, WAYS[way](echo)):
            os.write(device, one)


def tell(path, text):
    with open(path, "w") as file:
        file.write(text)


def main():
    if [name for _, name in socket.if_nameindex()] != ["lo"]:
        sys.exit("This wants a network namespace of its own: unshare --net python3 " + sys.argv[0])
    ip = lambda *words: subprocess.run(["ip", *words], check=True)
    versions = {4: ""}
    if os.path.exists("/proc/sys/net/ipv6"):
        versions[6] = "6"
        for scope in "all", "default", "lo":
            tell(f"/proc/sys/net/ipv6/conf/{scope}/disable_ipv6", "0")
    device = os.open("/dev/net/tun", os.O_RDWR)
    # TUNSETIFF with IFF_TUN | IFF_NO_PI: packets, and nothing around them.
    fcntl.ioctl(device, 0x400454CA, struct.pack("16sH14x", b"nights", 0x1001))
    ip("link", "set", "lo", "up")
    ip("link", "set", "nights", "up")
    hosts = {}
    for version, suffix in versions.items():
        net = NETS[version]
        ip("address", "add", f"{net[1]}/{net.prefixlen}", "dev", "nights", *(["nodad"] if version == 6 else []))
        for number, name in enumerate(WAYS, FIRST):
            hosts[name + suffix] = net[number]
        hosts["router" + suffix] = net[ROUTER]
        # What our own machine refuses.
        for number, kind in enumerate(["unreachable", "prohibit", "blackhole"], 1):
            hosts[kind + suffix] = ("10.8.0." if version == 4 else "fd08::") + str(number)
            ip("route", "add", kind, hosts[kind + suffix])
    hosts["nowhere"] = "10.7.0.1"
    if 6 in versions:
        ip("address", "add", "fe80::1/64", "dev", "nights", "nodad")
        hosts["nowhere6"] = "fd07::1"
        hosts["link6"] = f"fe80::{FIRST:x}%nights"
    tell("/proc/sys/net/ipv4/ping_group_range", f"{os.getgid()} {os.getgid()}")
    for name, host in hosts.items():
        print(name, host)
    print("ready", flush=True)
    serve(device)


main()
