#!/usr/bin/env python3
"""A server of HTTP on 127.0.0.1 whose targets do whatever the probed do in bad nights.

`scripts/soak` moves its targets from one way of misbehaving to the next; the peer tests start it by itself, and ask
for a way by its name: `GET /hang`, `GET /status/503`, and on the same port of UDP a name server, whose ways are the
first label of the name: `wrong-id.test`. Usage: scripts/misbehaving.py PORT
"""
import asyncio, gzip, socket, struct, sys

PAGE = "# TYPE queue_depth gauge\nqueue_depth 3\n# TYPE jobs_total counter\njobs_total{queue=\"a\"} 12\n"
PATIENCE = 300


def answer(body, status="200 OK", kind="text/plain", headers=()):
    """A well-formed answer, after which the connection closes."""
    body = body if isinstance(body, bytes) else body.encode()
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


# What each way says, where it says something at once.
SAYS = {
    "ok": answer("healthy\n"),
    "json": answer('{"status":"ok","depth":3,"items":[{"name":"a","n":1},{"name":"b","n":2}]}', kind="application/json"),
    "metrics": answer(PAGE, kind="text/plain; version=0.0.4"),
    "callable": answer('{"result":{"ok":true}}', kind="application/json"),
    "refuse": answer('{"error":{"status":"UNAUTHENTICATED","message":"Sign in first."}}', "401 Unauthorized",
                     "application/json"),
    "sorry": answer('{"status":"failing"}', kind="application/json"),
    "half": b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 1000\r\n\r\nonly this",
    "garbage": b"\x00\xff\x13\x37 this is not HTTP at all\r\n\r\n\r\n",
    "silence": b"",
    "half-json": answer('{"status":"ok","depth":', kind="application/json"),
    "half-metrics": answer("queue_depth 3\nqueue_depth{a=\"b 4\n", kind="text/plain; version=0.0.4"),
    "not-metrics": answer("<html><body>Log in</body></html>", kind="text/html"),
    "not-gzip": answer("this is plain text", headers=["Content-Encoding: gzip"]),
    "bad-chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nhello\r\n0\r\n\r\n",
    "bad-length": b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello",
    "two-lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 500\r\n\r\nhello",
    "huge-head": b"HTTP/1.1 200 OK\r\n" + b"X-Filler: " + b"a" * 2_000_000 + b"\r\nContent-Length: 0\r\n\r\n",
    "escape": answer("\x1b]0;owned\x07\x1b[2Jhealthy\n"),
    "bomb": answer(gzip.compress(b"a" * 64_000_000), headers=["Content-Encoding: gzip"]),
    "patience": answer("", "503 Service Unavailable", headers=["Retry-After: 1"]),
}


async def behave(way, reader, writer):
    """Does what `way` says with a connection whose request was read."""
    name, _, detail = way.partition("/")
    if name in SAYS:
        writer.write(SAYS[name])
        await writer.drain()
    elif name == "status":
        writer.write(answer("", f"{detail or 500} As told"))
        await writer.drain()
    elif name == "hang":
        # Until the client has enough.
        await asyncio.wait_for(reader.read(), PATIENCE)
    elif name == "reset":
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    elif name == "slow":
        await asyncio.sleep(float(detail or "1.2"))
        writer.write(SAYS["ok"])
        await writer.drain()
    elif name == "dribble":
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 9999\r\n\r\nhealthy\n")
        for _ in range(9990):
            writer.write(b".")
            await writer.drain()
            await asyncio.sleep(0.1)
    elif name == "endless":
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in range(4000):
            writer.write(b"10000\r\n" + b"a" * 65536 + b"\r\n")
            await writer.drain()
    else:
        writer.write(answer("no such way to behave\n", "404 Not Found"))
        await writer.drain()


async def connection(reader, writer, way_of):
    """One request and what follows from it; `way_of(path)` says what."""
    try:
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE)
        path = head.split(b" ", 2)[1].decode("latin-1")
        await behave(way_of(path), reader, writer)
    except (OSError, IndexError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.TimeoutError):
        pass
    finally:
        writer.close()


async def serve(port, way_of):
    """Listens on a port of 127.0.0.1; 0 takes a free one."""
    return await asyncio.start_server(lambda r, w: connection(r, w, way_of), "127.0.0.1", port, backlog=1024)


class Names(asyncio.DatagramProtocol):
    """A name server that lies. An honest answer to a question of type A is 10.0.0.5."""

    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, address):
        if len(data) < 17:
            return
        way = data[13:13 + data[12]].decode("latin-1")
        question = data[12:data.index(b"\0", 12) + 5]
        record = b"\xc0\x0c\0\x01\0\x01\0\0\0\x3c\0\x04\x0a\0\0\x05"

        def reply(flags=0x8180, ident=data[:2], asked=question, answers=1, rest=record):
            return ident + struct.pack(">HHHHH", flags, 1, answers, 0, 0) + asked + rest

        packets = {
            "honest": [reply()],
            "wrong-id": [reply(ident=bytes([data[0] ^ 1, data[1]]))],
            "other-question": [reply(asked=b"\x05other\x04test\0\0\x01\0\x01")],
            "garbage": [b"\xff" * 40],
            "short": [data[:5]],
            "missing": [reply(answers=7)],
            "circle": [reply(rest=b"\xc0" + bytes([12 + len(question)]) + record[2:])],
            "servfail": [reply(flags=0x8182, answers=0, rest=b"")],
            "truncated": [reply(flags=0x8380, answers=0, rest=b"")],
            # A forger's packet comes first, and must not be taken.
            "forged": [reply(ident=bytes([data[0] ^ 1, data[1]]), rest=record[:-1] + b"\x06"), reply()],
        }
        for packet in packets.get(way, []):
            self.transport.sendto(packet, address)


async def main(port):
    server = await serve(port, lambda path: path.strip("/") or "ok")
    await asyncio.get_running_loop().create_datagram_endpoint(Names, local_addr=("127.0.0.1", port))
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    asyncio.run(main(int(sys.argv[1])))
