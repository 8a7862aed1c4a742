#!/usr/bin/env python3
"""A help desk on 127.0.0.1 that speaks Firebase's callable protocol and plain JSON, and cuts the network when told to.

Callables, as Firebase's "Protocol specification for https.onCall" has them: POST {"data": …}, and the answer is {"result": …} or
{"error": {"status": "NOT_FOUND", "message": …}} with the status of google.rpc.Code. `/fn/createSupportTicket`,
`/fn/addSupportTicketComment`, `/fn/updateSupportTicketStatus`, `/fn/assignSupportTicket` and `/fn/listSupportTickets`.
Plain JSON: GET /api/tickets?page=N (two a page, `next` names the next), POST /api/tickets/ID/comments, PATCH /api/tickets/ID.

For tests: GET /state is everything; POST /act {"ticket", …} changes a ticket as somebody there would; POST /trouble
{"seed": 7, "share": 0.4} loses requests, answers and halves of answers by a seeded generator; {"mode": "hang" | "unavailable" |
"denied" | "login" | "none"} misbehaves always. A comment's `idempotencyKey`, or the header Idempotency-Key, counts once,
unless the house was started with --forgetful.
Usage: scripts/desk-house.py PORT [--forgetful]
"""
import asyncio, json, random, socket, struct, sys

CODES = {"INVALID_ARGUMENT": 400, "UNAUTHENTICATED": 401, "PERMISSION_DENIED": 403, "NOT_FOUND": 404, "ABORTED": 409,
         "RESOURCE_EXHAUSTED": 429, "INTERNAL": 500, "UNAVAILABLE": 503, "DEADLINE_EXCEEDED": 504}
STATES = ("open", "pending_support", "pending_user", "resolved", "closed")


class Fault(Exception):
    def __init__(self, status, message):
        self.status, self.message = status, message


class House:
    def __init__(self, remembers):
        self.remembers, self.tickets, self.keys, self.calls = remembers, {}, {}, []
        self.mode, self.random, self.share, self.clock = "none", None, 0.0, 1_795_230_000

    def now(self):
        self.clock += 1
        return {"_seconds": self.clock, "_nanoseconds": 0}

    def once(self, key, make):
        if not self.remembers or not key:
            return make()
        if key not in self.keys:
            self.keys[key] = make()
        return self.keys[key]

    def find(self, name):
        if name not in self.tickets:
            raise Fault("NOT_FOUND", "No such ticket.")
        return self.tickets[name]

    def create(self, subject, text, requester, priority="normal"):
        name = f"cg{len(self.tickets) + 1}"
        self.tickets[name] = {"id": name, "subject": subject, "message": text, "requester": requester,
                              "status": "pending_support", "priority": priority, "assignee": None, "createdAt": self.now(),
                              "comments": []}
        self.comment(name, text, False, requester)
        return {"ticketId": name}

    def comment(self, name, text, internal, customer=None, author="desk"):
        ticket = self.find(name)
        if not text:
            raise Fault("INVALID_ARGUMENT", "A comment needs a message.")
        entry = {"id": f"{name}-c{len(ticket['comments']) + 1}", "message": text, "internal": bool(internal),
                 "author": None if customer else author, "customer": customer, "at": self.now()}
        ticket["comments"].append(entry)
        if not internal:
            ticket["status"] = "pending_support" if customer else "pending_user"
        return {"commentId": entry["id"]}

    def status(self, name, status):
        if status not in STATES:
            raise Fault("INVALID_ARGUMENT", f"{status} is no status.")
        self.find(name)["status"] = status
        return {"ok": True}

    def call(self, function, data):
        key = data.get("idempotencyKey")
        if function == "createSupportTicket":
            return self.once(key, lambda: self.create(data["subject"], data["message"], data["requester"],
                                                      data.get("priority", "normal")))
        if function == "addSupportTicketComment":
            return self.once(key, lambda: self.comment(data["ticketId"], data["message"], data.get("internal", False)))
        if function == "updateSupportTicketStatus":
            return self.status(data["ticketId"], data["status"])
        if function == "assignSupportTicket":
            self.find(data["ticketId"])["assignee"] = data["assignee"]
            return None
        if function == "listSupportTickets":
            return {"tickets": list(self.tickets.values())}
        raise Fault("NOT_FOUND", f"There is no function {function}.")

    def act(self, order):
        """What somebody does over there."""
        name = order.pop("ticket", None)
        if name is None:
            return self.create(order["subject"], order["text"], order["requester"])
        if "comment" in order:
            return self.comment(name, order["comment"], order.get("internal", False), order.get("customer"), "anna")
        self.find(name).update(order)
        return {"ok": True}


def reply(status, body):
    text = json.dumps(body).encode()
    return (f"HTTP/1.1 {status} As told\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: {len(text)}\r\n"
            "Connection: close\r\n\r\n").encode() + text


def page(house, number):
    every = list(house.tickets.values())
    more = number * 2 < len(every)
    return {"tickets": every[number * 2 - 2:number * 2], "next": f"/tickets?page={number + 1}" if more else None}


def answer(house, method, path, headers, body):
    place, _, query = path.partition("?")
    parts = place.strip("/").split("/")
    try:
        if parts[0] == "fn":
            if method != "POST" or not headers.get("content-type", "").startswith("application/json"):
                raise Fault("INVALID_ARGUMENT", "A callable is posted as JSON.")
            data = json.loads(body)["data"] or {}
            house.calls.append([parts[1], data])
            return reply(200, {"result": house.call(parts[1], data)})
        if parts[0] == "api" and method == "GET":
            return reply(200, page(house, int(query.partition("page=")[2] or 1)))
        if parts[0] == "api" and method == "POST":
            data = json.loads(body)
            house.calls.append([path, data])
            key = headers.get("idempotency-key")
            return reply(201, house.once(key, lambda: house.comment(parts[2], data["body"], not data["public"])))
        if parts[0] == "api" and method == "PATCH":
            house.calls.append([path, json.loads(body)])
            house.find(parts[2]).update(json.loads(body))
            return reply(200, {})
        raise Fault("NOT_FOUND", "Nothing is here.")
    except Fault as fault:
        return reply(CODES[fault.status], {"error": {"status": fault.status, "message": fault.message}})
    except (KeyError, ValueError, TypeError) as error:
        return reply(400, {"error": {"status": "INVALID_ARGUMENT", "message": str(error)}})


def reset(writer):
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


async def connection(house, reader, writer):
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").strip().split("\r\n")
        method, path, _ = head[0].split(" ", 2)
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:])}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        if path == "/state":
            writer.write(reply(200, {"tickets": list(house.tickets.values()), "calls": house.calls}))
        elif path == "/act":
            writer.write(reply(200, house.act(json.loads(body))))
        elif path == "/trouble":
            order = json.loads(body)
            house.mode = order.get("mode", "none")
            house.random, house.share = (random.Random(order["seed"]) if "seed" in order else None), order.get("share", 0)
            writer.write(reply(200, {}))
        elif house.mode == "hang":
            await asyncio.sleep(300)
        elif house.mode == "unavailable":
            writer.write(reply(503, {"error": {"status": "UNAVAILABLE", "message": "Later."}}))
        elif house.mode == "denied":
            writer.write(reply(403, {"error": {"status": "PERMISSION_DENIED", "message": "Not yours."}}))
        elif house.mode == "login":
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>")
        else:
            cut = house.random.choice(("before", "behind", "half")) if house.random and house.random.random() < house.share else ""
            if cut == "before":
                return reset(writer)
            text = answer(house, method, path, headers, body)
            if cut == "behind":
                return reset(writer)
            writer.write(text[:len(text) // 2] if cut == "half" else text)
        await writer.drain()
    except (OSError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        pass
    finally:
        writer.close()


async def main(port, remembers):
    house = House(remembers)
    server = await asyncio.start_server(lambda r, w: connection(house, r, w), "127.0.0.1", port, limit=1 << 20, backlog=1024)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        raise SystemExit(__doc__)
    asyncio.run(main(int(sys.argv[1]), "--forgetful" not in sys.argv))
