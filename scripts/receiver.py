#!/usr/bin/env python3
"""A receiver of deliveries that can be killed at any moment: it writes down what it has read before it answers.

receiver.py PORT LOG: answers every POST with 200; a line of LOG is the path, the Idempotency-Key, and the body.
"""

import json
import os
import random
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LOG = os.open(sys.argv[2], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)


class Receiver(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        # So that a kill can hit what is half done.
        time.sleep(random.random() * 0.01)
        line = json.dumps({"path": self.path, "key": self.headers.get("Idempotency-Key"), "body": body})
        os.write(LOG, (line + "\n").encode())
        os.fsync(LOG)
        time.sleep(random.random() * 0.01)
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *_):
        pass


ThreadingHTTPServer.allow_reuse_address = True
ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver).serve_forever()
