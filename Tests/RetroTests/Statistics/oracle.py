"""Reads incidents as JSON lines (severity, system, and the moments of what happened, in milliseconds), and writes the
count, least, median, 90th percentile and most of each measure by group, worked out with numpy."""
import json, sys
import numpy

ENDS = {
    "detect": ("started", "detected"), "acknowledge": ("detected", "acknowledged"), "declare": ("started", "declared"),
    "first_update": ("declared", "first_update"), "mitigate": ("started", "mitigated"),
    "resolve": ("started", "resolved"),
}
found = {}
wrong = 0
for line in sys.stdin:
    one = json.loads(line)
    moments = one["moments"]
    # Where people declared before an alert fired, they were the ones who detected it.
    if moments["started"] <= moments["declared"] < moments.get("detected", 0):
        moments["detected"] = moments["declared"]
    for measure, (start, end) in ENDS.items():
        if start not in moments or end not in moments:
            continue
        length = moments[end] - moments[start]
        if length < 0:
            wrong += 1
            continue
        for system in (None, one["system"]):
            for severity in (None, one["severity"]):
                found.setdefault((system, severity, measure), []).append(length)
rows = []
for (system, severity, measure), lengths in found.items():
    values = numpy.array(sorted(lengths), dtype=numpy.float64)
    rows.append({
        "system": system, "severity": severity, "measure": measure, "count": len(lengths),
        "least": float(values.min()), "median": float(numpy.median(values)),
        "p90": float(numpy.percentile(values, 90)), "most": float(values.max()),
    })
json.dump({"rows": rows, "wrong": wrong}, sys.stdout)
