#!/usr/bin/env python3
"""A mail server on 127.0.0.1, by aiosmtpd, that keeps what it gets as Python's email module reads it.

Each message becomes FOLDER/N.json: who it is from and for as the server was told, whether TLS was on, who logged in, its
headers decoded, its text, and the longest line of what came. A recipient named `later` is answered with 450, `never` with
550; a subject of `drop` ends the connection after the message was read.
Usage: scripts/receiving-mail.py PORT FOLDER [--tls CERT KEY [--from-start]] [--login USER PASSWORD]
"""
import argparse, asyncio, email, email.policy, json, os, ssl

from aiosmtpd.smtp import SMTP, AuthResult


class Keeper:
    def __init__(self, folder):
        self.folder, self.count = folder, 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        if name == "later":
            return "450 4.7.1 come back later"
        if name == "never":
            return "550 5.1.1 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        raw = envelope.original_content
        message = email.message_from_bytes(raw, policy=email.policy.default)
        lines = raw.split(b"\r\n")
        kept = {
            "from": envelope.mail_from, "to": envelope.rcpt_tos, "tls": session.ssl is not None,
            "login": (session.auth_data.login.decode() if session.auth_data else None),
            "headers": {name: str(value) for name, value in message.items()},
            "text": message.get_content().replace("\r\n", "\n"),
            "defects": [repr(defect) for part in message.walk() for defect in part.defects],
            "longest": max(map(len, lines)), "bare": any(b"\n" in line or b"\r" in line for line in lines),
            "raw": raw.decode("latin-1"),
        }
        self.count += 1
        path = os.path.join(self.folder, f"{self.count}.json")
        with open(path + "~", "w") as file:
            json.dump(kept, file)
        os.rename(path + "~", path)
        if message["subject"] == "drop":
            server.transport.abort()
        return f"250 2.0.0 Ok: queued as {self.count}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("folder")
    parser.add_argument("--tls", nargs=2)
    parser.add_argument("--from-start", action="store_true")
    parser.add_argument("--login", nargs=2)
    words = parser.parse_args()
    context = None
    if words.tls:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(*words.tls)

    def check(server, session, envelope, mechanism, data):
        fits = words.login and [data.login.decode(), data.password.decode()] == words.login
        return AuthResult(success=bool(fits), auth_data=data if fits else None, handled=False)

    keeper = Keeper(words.folder)

    def session():
        starttls = context if context and not words.from_start else None
        return SMTP(keeper, hostname="mail.test", tls_context=starttls, require_starttls=starttls is not None,
                    authenticator=check if words.login else None, auth_required=bool(words.login),
                    auth_require_tls=not words.from_start, loop=loop)

    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    inner = context if words.from_start else None
    loop.run_until_complete(loop.create_server(session, "127.0.0.1", words.port, ssl=inner))
    loop.run_forever()


if __name__ == "__main__":
    main()
