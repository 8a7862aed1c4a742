#!/usr/bin/env python3
"""A receiver of HTTP requests on 127.0.0.1 that keeps what it gets, and answers as its sender asks it to.

The first part of the path says how: `/202/…` answers 202, `/429/…` adds `Retry-After: 7`, `/hang`, `/reset`, `/half` and
`/garbage` misbehave once the request was read; `/statuspage`, `/pagerduty` and `/slack` answer as these services do.
`GET /requests` is what was received: a JSON list of objects with method, path, headers and body.
Usage: scripts/receiving.py PORT
"""
import asyncio, json, socket, struct, sys

PATIENCE = 300
REASONS = {200: "OK", 201: "Created", 202: "Accepted", 204: "No Content"}
received = []


def answer(status, body="", kind="application/json", *headers):
    """A well-formed answer, after which the connection closes."""
    body = body.encode()
    lines = [f"HTTP/1.1 {status} {REASONS.get(status, 'As told')}", f"Content-Type: {kind}",
             f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def service(way, request):
    """What a service answers to a request that is right."""
    if way == "slack":
        return answer(200, "ok", "text/html")
    if way == "pagerduty":
        key = json.loads(request["body"]).get("dedup_key")
        return answer(202, json.dumps({"status": "success", "message": "Event processed", "dedup_key": key}))
    if not any(name.lower() == "authorization" and value.startswith("OAuth ") for name, value in request["headers"]):
        return answer(401, '{"error":"Could not authenticate"}')
    status = 201 if request["method"] == "POST" else 200
    return answer(status, json.dumps({"id": "p31zjtct2jer", **json.loads(request["body"])["incident"]}))


async def behave(way, request, writer):
    if way.isdigit():
        status = int(way)
        writer.write(answer(status, "{}", "application/json", *(["Retry-After: 7"] if status == 429 else [])))
    elif way in ("slack", "pagerduty", "statuspage"):
        writer.write(service(way, request))
    elif way == "hang":
        await asyncio.sleep(PATIENCE)
    elif way == "reset":
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    elif way == "half":
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly this")
    elif way == "garbage":
        writer.write(b"\x00\xff\x13\x37 this is not HTTP at all\r\n\r\n")
    else:
        writer.write(answer(404, '{"error":"no such way to behave"}'))
    await writer.drain()


async def connection(reader, writer):
    try:
        head = (await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE)).decode("latin-1")
        first, *lines = head.strip().split("\r\n")
        headers = [line.split(": ", 1) if ": " in line else [line.rstrip(":"), ""] for line in lines]
        length = next((int(value) for name, value in headers if name.lower() == "content-length"), 0)
        method, path, _ = first.split(" ", 2)
        request = {"method": method, "path": path, "headers": headers,
                   "body": (await asyncio.wait_for(reader.readexactly(length), PATIENCE)).decode()}
        if path == "/requests":
            writer.write(answer(200, json.dumps(received)))
            await writer.drain()
        else:
            received.append(request)
            await behave(path.split("/")[1], request, writer)
    except (OSError, IndexError, ValueError, KeyError, asyncio.IncompleteReadError, asyncio.LimitOverrunError,
            asyncio.TimeoutError):
        pass
    finally:
        writer.close()


async def main(port):
    server = await asyncio.start_server(connection, "127.0.0.1", port, limit=1 << 20, backlog=1024)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    asyncio.run(main(int(sys.argv[1])))
