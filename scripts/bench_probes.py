"""What scripts/bench measures of probes, beside blackbox_exporter: one probe's cost, and thousands of endpoints.

Every URL is a page of 9.5 kB of ../shared/bench/nginx_farm.py; without that, nginx or blackbox_exporter these parts
are skipped.
"""
import json, os, pathlib, shutil, signal, socket, subprocess, sys, time

from bench_processes import Engine, cpu, free_base, get, until
from bench_rules import compare

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared/bench"
MEASURE = ROOT / ".build/release/Measure"
EXPORTERS = ("prometheus-blackbox-exporter", "blackbox_exporter")
TARGETS, SECONDS, SETTLING = 1000, 6, 30
CHEAP = "≤ 140 µs or ≤ 1/5 (0.200)"
MODULES = """modules:
  http_2xx:
    prober: http
    timeout: 5s
    http: {preferred_ip_protocol: ip4}
"""

PARTS = {
    "probes": ("Probes", """HTTP probes, each on a fresh connection, flat out and in turn: midwatch's sending and
judging with 64, 128 and 256 under way, and blackbox_exporter asked for the same 1,000 URLs over 64 kept connections
by the same client. Processor time of the prober alone, of user and kernel."""),
    "endpoints": ("Endpoints", """`midwatch agent` over `http` endpoints, each probe on a fresh connection, half a
minute after every one was probed first; beside 1,000 of them blackbox_exporter at the same time and rate. Processor
time is that of the whole agent, with store, rules and journal, for each probe. Resident memory is VmRSS at the end,
of which pages of files are code, mostly, and shared. Skipped are turns that were late by a whole interval."""),
}


class ProbesBench:
    def __init__(self, work, binary, rounds, seconds):
        self.work, self.binary = pathlib.Path(work) / "probes", str(binary)
        self.rounds, self.seconds = min(rounds, 5), seconds
        self.running = []

    @staticmethod
    def exporter():
        return next((path for path in map(shutil.which, EXPORTERS) if path), None)

    def missing(self):
        """Why nothing can be measured here; None when it can."""
        if not DATA.is_dir():
            return f"{DATA} is not there"
        if not MEASURE.exists():
            return "Measure is not built; `make bench` builds it"
        if not shutil.which("nginx"):
            return "nginx is not installed"
        return None if self.exporter() else "blackbox_exporter is not installed"

    # Flat out

    def probes(self):
        self.farm()
        exporter, port = self.blackbox()
        asked = self.questions(port)
        counts = (64, 128, 256)
        names = {count: f"midwatch, {count} under way" for count in counts}
        cost, speed = {name: [] for name in names.values()}, {name: [] for name in names.values()}
        cost["blackbox_exporter"], speed["blackbox_exporter"] = [], []
        for _ in range(self.rounds):
            for count, name in names.items():
                told = self.measure("probes", self.work / "urls.txt", count, SECONDS)
                self.expect(told)
                cost[name].append(1e6 * told["processor"] / told["answers"])
                speed[name].append(told["answers"] / told["seconds"])
            before = cpu(exporter.pid)
            told = self.measure("ask", asked, 64, SECONDS, 0, "probe_success 1")
            self.expect(told)
            cost["blackbox_exporter"].append(1e6 * (cpu(exporter.pid) - before) / told["answers"])
            speed["blackbox_exporter"].append(told["answers"] / told["seconds"])
        for count, name in names.items():
            def beside(values):
                return {"midwatch": values[name], "blackbox_exporter": values["blackbox_exporter"]}
            yield from compare(f"processor time a probe, {count} under way", beside(cost), "µs", CHEAP)
            yield from compare(f"probes a second, {count} under way", beside(speed), "/s", "≥ 4 times (4.000)")
        self.close()

    @staticmethod
    def expect(told):
        """Almost all is good: whoever fails fast costs little."""
        if told["good"] < 0.99 * told["answers"]:
            raise SystemExit(f"of {told['answers']:.0f} answers only {told['good']:.0f} are good")

    def measure(self, *arguments):
        told = subprocess.run([str(MEASURE), *map(str, arguments)], check=True, stdout=subprocess.PIPE, text=True)
        return json.loads(told.stdout)["figures"]

    # Under an agent

    def endpoints(self):
        self.farm()
        for count, every, most in ((200, 5, 60), (1000, 5, 80), (5000, 30, None)):
            yield from self.agent(count, every, most)
        self.close()

    def agent(self, count, every, most):
        what = f"{count:,} endpoints every {every} s"
        system, state = self.work / f"systems{count}" / "farm", self.work / f"state{count}"
        system.mkdir(parents=True)
        urls = (self.work / "urls.txt").read_text().split()
        (system / "system.yaml").write_text(
            f"title: Farm\nevery: {every}s\nendpoints:\n" + "".join(
                f'  i{i:04d}: {{http: "{urls[i % len(urls)]}?{i}", timeout: 5s}}\n' for i in range(count)))
        agent = self.start([self.binary, "agent", str(system), "--state", str(state)])
        until("the agent's socket", (state / "engine.sock").exists)
        engine = Engine(str(state / "engine.sock"))
        until("every endpoint's first answer", lambda: self.figures(engine)["answers"] >= count, 60 + 2 * every)
        time.sleep(SETTLING)
        beside = self.blackbox() if count == TARGETS else None
        span = max(self.seconds, 2 * every)
        before = self.figures(engine), cpu(agent.pid), time.monotonic(), beside and cpu(beside[0].pid)
        theirs = None
        if beside:
            theirs = self.measure("ask", self.questions(beside[1]), 64, span, count / every, "probe_success 1")
            self.expect(theirs)
        else:
            time.sleep(span)
        passed = time.monotonic() - before[2]
        after, used = self.figures(engine), cpu(agent.pid) - before[1]
        answers = after["answers"] - before[0]["answers"]
        cost = {"midwatch": [1e6 * used / answers]}
        if beside:
            cost["blackbox_exporter"] = [1e6 * (cpu(beside[0].pid) - before[3]) / theirs["answers"]]
        # Of the whole agent: rules, journal and clocks too, which a few probes a second hardly share.
        yield from compare(f"{what}: processor time of the agent a probe", cost, "µs", CHEAP if beside else "")
        everything, files = self.memory(agent.pid)
        limit = f"≤ {most} MB" if most else ""
        yield from compare(f"{what}: resident memory", {"midwatch": [everything]}, "MB", limit)
        yield from compare(f"{what}: of that pages of files", {"midwatch": [files]}, "MB", "")
        yield from compare(f"{what}: skipped turns", {"midwatch": [after.get("skipped") or 0]}, "", "0")
        yield from compare(f"{what}: answers a second", {"midwatch": [answers / passed]}, "/s", f"{count / every:.0f}")
        up = (after.get("states") or {}).get("up", 0)
        yield from compare(f"{what}: endpoints up", {"midwatch": [up]}, "", f"{count:,}")
        for process in (agent, beside and beside[0]):
            if process:
                self.stop(process)

    @staticmethod
    def figures(engine):
        return (engine.figures()["systems"] or [{"answers": 0}])[0]

    @staticmethod
    def memory(pid):
        """Resident megabytes, and how many of them are pages of files."""
        found = dict.fromkeys(("VmRSS", "RssFile"), 0.0)
        with open(f"/proc/{pid}/status") as file:
            for line in file:
                name, _, value = line.partition(":")
                if name in found:
                    found[name] = int(value.split()[0]) * 1024 / 1e6
        return found["VmRSS"], found["RssFile"]

    # Whom they ask

    def farm(self):
        self.work.mkdir(exist_ok=True)
        self.work.chmod(0o755)
        folder, port = self.work / "farm", free_base(19300, 10)
        if folder.exists():
            shutil.rmtree(folder)
        subprocess.run([sys.executable, str(DATA / "nginx_farm.py"), str(folder), "--targets", str(TARGETS), "--port",
                        str(port)], check=True, stdout=subprocess.DEVNULL)
        conf = folder / "nginx.conf"
        conf.write_text(conf.read_text().replace("daemon on;", "daemon off;"))
        self.start(["nginx", "-p", str(folder), "-c", str(conf)])
        until("nginx", lambda: self.listens(port))
        lines = (folder / "targets.txt").read_text().splitlines()
        (self.work / "urls.txt").write_text("".join("http://{}{}\n".format(*line.split()) for line in lines))

    def blackbox(self):
        port = free_base(19400, 1)
        (self.work / "blackbox.yml").write_text(MODULES)
        process = self.start([self.exporter(), f"--config.file={self.work}/blackbox.yml",
                              f"--web.listen-address=127.0.0.1:{port}", "--log.level=error"])
        until("blackbox_exporter", lambda: self.listens(port))
        get(f"http://127.0.0.1:{port}/-/healthy")
        return process, port

    def questions(self, port):
        file = self.work / f"questions{port}.txt"
        file.write_text("".join(
            f"http://127.0.0.1:{port}/probe?module=http_2xx&target={url}\n"
            for url in (self.work / "urls.txt").read_text().split()))
        return file

    @staticmethod
    def listens(port):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return True
        except OSError:
            return False

    # Processes

    def start(self, argv):
        process = subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   env={**os.environ, "MIDWATCH_ACTOR": "bench"})
        self.running.append(process)
        return process

    def stop(self, process):
        if process in self.running:
            self.running.remove(process)
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def close(self):
        """Ends all that it started."""
        for process in reversed(list(self.running)):
            self.stop(process)
