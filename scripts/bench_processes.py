"""What the benches need of processes, ports and running engines. No command of its own."""
import json, os, socket, struct, time, urllib.request

TICKS = os.sysconf("SC_CLK_TCK")


def cpu(pid):
    """Seconds of processor that a process has used, of user and kernel."""
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def threads(pid):
    """The same for each thread, by name; threads of one name together."""
    used = {}
    for task in os.listdir(f"/proc/{pid}/task"):
        try:
            with open(f"/proc/{pid}/task/{task}/stat") as file:
                text = file.read()
        except OSError:
            continue
        name = text[text.index("(") + 1:text.rindex(")")]
        fields = text.rsplit(")", 1)[1].split()
        used[name] = used.get(name, 0) + (int(fields[11]) + int(fields[12])) / TICKS
    return used


def memory(pid):
    """Resident MiB now, and at most so far."""
    found = {}
    with open(f"/proc/{pid}/status") as file:
        for line in file:
            if line.startswith(("VmRSS", "VmHWM")):
                name, value = line.split(":")
                found[name] = int(value.split()[0]) / 1024
    return found.get("VmRSS", 0), found.get("VmHWM", 0)


def get(url):
    return urllib.request.urlopen(url, timeout=10).read()


def until(what, holds, limit=60):
    end = time.monotonic() + limit
    while time.monotonic() < end:
        if holds():
            return
        time.sleep(0.05)
    raise SystemExit(f"waited in vain for {what}")


def is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            return True
        except OSError:
            return False


def free_base(start, count):
    for base in range(start, 30000, 20):
        if all(is_free(base + offset) for offset in range(count)):
            return base
    raise SystemExit("there are no free ports")


class Engine:
    """Asks a running agent for its figures over its socket: each message is a length and a document."""

    def __init__(self, path):
        self.path = path

    def figures(self):
        with socket.socket(socket.AF_UNIX) as link:
            link.settimeout(10)
            link.connect(self.path)
            question = json.dumps({"type": "figures"}).encode()
            link.sendall(struct.pack(">I", len(question)) + question)
            while True:
                document = json.loads(self.read(link, struct.unpack(">I", self.read(link, 4))[0]))
                if document["type"] == "figures":
                    return document["figures"]

    @staticmethod
    def read(link, count):
        data = b""
        while len(data) < count:
            part = link.recv(count - len(data))
            if not part:
                raise OSError("the engine hung up")
            data += part
        return data
