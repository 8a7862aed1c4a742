"""What scripts/bench measures of rules, pages and samples, beside promtool and Prometheus.

Inputs come from the generators in ../shared/bench; without them, or without promtool, these parts are skipped.
"""
import json, os, pathlib, shutil, socket, statistics, subprocess, sys, threading, time, urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared/bench"
MEASURE = ROOT / ".build/release/Measure"
FARM = ROOT / ".build/bench-farm.json"

PARTS = {
    "tests": ("Rules: unit tests", """`rules test` beside Debian's `promtool test rules`, in turn: 1,000 series, 500 rules,
six hours at a minute's steps, 180,000 evaluations with exact expectations; from start to end."""),
    "rulecheck": ("Rules: checking", "`rules check` beside `promtool check rules`, in turn: 10,000 rules, 4.2 MB; from start to end."),
    "pages": ("Pages of metrics", """100 MB of text format, 1.06 million series, one thread, processor time, beside all of
`promtool check metrics` in the same run. *Delimited*: every line read, its value parsed, nothing kept.
*Into a cold store*: parsed, labels interned, series and first samples stored. *Seen before*: the next scrape."""),
    "group": ("Rules: a group over many series", """one file of rules evaluated after each scrape (every 5 s), processor time; the pages
and rules are those of the farm below, where Prometheus' duration stands."""),
    "chunks": ("Samples", """bytes a sample takes: sealed chunks with all their headers and what malloc rounds up.
Ten minutes of Debian's node exporter, scraped every second, and 120 scrapes of a page whose counters advance."""),
    "farm": ("A thousand targets", """the last run of `scripts/bench-farm`: `midwatch agent` and Prometheus at the same time, 1,000
targets of 86 samples and 200 rules, every 5 s. Medians over minutes; memory at the end."""),
}


def run(argv, **options):
    """Wall seconds and processor seconds of a command that must end with 0."""
    began = time.monotonic()
    process = subprocess.Popen(argv, stdout=subprocess.DEVNULL, **options)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit(f"{' '.join(map(str, argv))} left with {status}")
    return time.monotonic() - began, usage.ru_utime + usage.ru_stime


class RulesBench:
    def __init__(self, work, binary):
        self.work, self.binary = pathlib.Path(work), str(binary)
        self.recording = None

    def missing(self):
        """Why nothing can be measured here; None when it can."""
        if not DATA.is_dir():
            return f"{DATA} is not there"
        return None if shutil.which("promtool") else "promtool is not installed"

    def generate(self, script, *arguments):
        subprocess.run([sys.executable, str(DATA / script), *map(str, arguments)], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, cwd=self.work)

    def measure(self, *arguments):
        told = subprocess.run([str(MEASURE), *map(str, arguments)], check=True, stdout=subprocess.PIPE, text=True).stdout
        return [json.loads(line) for line in told.splitlines()]

    def pair(self, what, rounds, own, peer, target):
        """Both in turn; the time of a whole process."""
        times = {"midwatch": [], "promtool": []}
        for _ in range(rounds):
            times["midwatch"].append(run(own)[0])
            times["promtool"].append(run(peer)[0])
        yield from compare(what, times, "s", target)

    def tests(self):
        self.generate("gen_ruletest.py", "--jobs", 10, "--inst", 10, "--rules", 500, "--hours", 6, "-o", self.work)
        file = self.work / "big_test.yml"
        yield from self.pair("unit test, 180,000 evaluations", 3, [self.binary, "rules", "test", file],
                             ["promtool", "test", "rules", file], "≤ 1/15 (0.067)")

    def rulecheck(self):
        file = self.work / "many.yml"
        self.generate("gen_manyrules.py", 10_000, file)
        yield from self.pair("checking 10,000 rules", 9, [self.binary, "rules", "check", file],
                             ["promtool", "check", "rules", file], "≤ 1/6 (0.167)")

    def pages(self):
        files = [self.work / f"page{tick}.txt" for tick in (0, 1)]
        for tick, file in enumerate(files):
            self.generate("gen_expo.py", "--mb", 100, "--tick", tick, "-o", file)
        peer = []
        for _ in range(3):
            with open(files[0]) as page:
                peer.append(run(["promtool", "check", "metrics"], stdin=page)[1])
        targets = {"delimited": "≤ 1/25 (0.040)", "into a cold store": "≤ 1/14 (0.071)", "seen before": "≤ 1/40 (0.025)"}
        for line in self.measure("exposition", *files):
            size = line["figures"]["bytes"] / 1e6
            speed = size / statistics.median(line["seconds"])
            what = f"100 MB {line['work']} ({speed:.0f} MB/s)"
            yield from compare(what, {"midwatch": line["seconds"], "promtool": peer}, "s", targets[line["work"]])

    def group(self):
        page = self.work / "small.txt"
        self.generate("gen_expo.py", "--small", "-o", page)
        farm = self.work / "farm"
        farm.mkdir()
        (farm / "targets.txt").write_text("".join(f"127.0.0.1:1 /t/{i}/metrics\n" for i in range(1000)))
        for rules in (200, 1_000, 10_000, 100_000):
            self.generate("gen_promconf.py", farm, self.work / f"conf{rules}", "--rules", rules)
        for rules, targets in ((200, 12), (200, 115), (200, 1_050), (1_000, 115), (10_000, 115), (100_000, 115)):
            for line in self.measure("group", self.work / f"conf{rules}" / "rules200.yml", page, targets):
                figures = line["figures"]
                what = f"{figures['rules']:,.0f} rules over {figures['series']:,.0f} series"
                yield from compare(what, {"midwatch": [1000 * s for s in line["seconds"]]}, "ms", "")

    def record(self):
        """Begins to keep node exporter's pages, one a second for ten minutes, while other parts are measured."""
        exporter = shutil.which("prometheus-node-exporter")
        if exporter is None or self.missing():
            return
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        process = subprocess.Popen([exporter, f"--web.listen-address=127.0.0.1:{port}"], stderr=subprocess.DEVNULL)
        files = []

        def keep():
            began = time.monotonic()
            for second in range(600):
                time.sleep(max(0, began + second - time.monotonic()))
                try:
                    page = urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=1).read()
                except OSError:
                    continue
                files.append(self.work / f"node{second}.txt")
                files[-1].write_bytes(page)
            process.terminate()
            process.wait()

        self.recording = threading.Thread(target=keep, daemon=True)
        self.recorded, self.exporter = files, process
        self.recording.start()

    def chunks(self):
        ticks = [self.work / f"tick{tick}.txt" for tick in range(120)]
        for tick, file in enumerate(ticks):
            self.generate("gen_expo.py", "--small", "--tick", tick, "-o", file)
        data = {"counters that advance": ticks}
        if self.recording:
            self.recording.join()
            data["node exporter"] = self.recorded
        for name, files in data.items():
            for line in self.measure("chunks", *files):
                figures = line["figures"]
                what = f"{name}: {figures['samples']:,.0f} samples sealed, at most {figures['plain at most']:.0f} plain a series"
                yield from compare(what, {"midwatch": [figures["bytes"] / figures["samples"]]}, "B", "≤ 2 B")

    def farm(self):
        if not FARM.exists():
            return
        rows = json.loads(FARM.read_text())["rows"]
        names = ("midwatch", "prometheus")
        for key, what, unit, target, last in (
                ("cpu_s_per_min", "processor time a minute", "s", "≤ 1/4 (0.25)", False),
                ("rss_mib", f"resident memory after {len(rows)} minutes", "MiB", "≤ 1/2 (0.50)", True),
                ("group_ms", "last duration of the group", "ms", "≤ 1/10 (0.10)", False)):
            values = {name: [row[name][key] for row in rows] for name in names}
            yield from compare(what, {n: v[-1:] if last else v for n, v in values.items()}, unit, target)

    def close(self):
        if self.recording and self.recording.is_alive():
            self.exporter.terminate()


def compare(what, values, unit, target):
    own = statistics.median(values["midwatch"])
    for name, found in values.items():
        middle = statistics.median(found)
        ratio = "" if name == "midwatch" or not middle else f"{own / middle:.3f}"
        yield what, name, middle, min(found), max(found), len(found), unit, target if name == "midwatch" else "", ratio
