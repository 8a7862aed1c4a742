#!/usr/bin/env python3
"""A help desk on the command line, over one JSON file: what `list` prints, the other verbs change.

Usage: scripts/desk-cli.py FILE list --json | assign ID WHO | close ID | status ID STATE | comment ID  (text on standard input)
"""
import json, os, sys


def main(file, verb, *words):
    with open(file) as source:
        tickets = json.load(source)
    if verb == "list":
        print(json.dumps({"tickets": tickets}))
        return 0
    ticket = next((one for one in tickets if one["id"] == words[0]), None)
    if ticket is None:
        print(f"there is no ticket {words[0]}", file=sys.stderr)
        return 1
    if verb == "assign":
        ticket["assignee"] = words[1]
    elif verb in ("close", "status"):
        ticket["status"] = "closed" if verb == "close" else words[1]
    elif verb == "comment":
        name = f"{ticket['id']}-c{len(ticket['comments']) + 1}"
        ticket["comments"].append({"id": name, "message": sys.stdin.read(), "author": "desk"})
        print(json.dumps({"commentId": name}))
    else:
        print(__doc__, file=sys.stderr)
        return 64
    with open(file + ".part", "w") as target:
        json.dump(tickets, target)
    os.replace(file + ".part", file)
    return 0


if __name__ == "__main__":
    if len(sys.argv) < 3:
        raise SystemExit(__doc__)
    raise SystemExit(main(*sys.argv[1:]))
