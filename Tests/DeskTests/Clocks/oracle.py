"""Works out clocks of tickets in another way than the program: with sets of intervals made from local days, in
whole seconds, by Python's own time zones. Reads one JSON case on each line of standard input and writes one JSON
answer for each.

Every fiftieth case is looked at a third way: at random instants, by asking the zone what its clocks show then and
reading the hours off the calendar."""
import bisect
import json
import random
import sys
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

DAY = 86400
EPOCH = date(1970, 1, 1)
FIRST = int(datetime(2022, 1, 1, tzinfo=timezone.utc).timestamp())
LAST = int(datetime(2036, 1, 1, tzinfo=timezone.utc).timestamp())
# An answer later than so many seconds after the start is none.
FAR = 1000 * DAY


def second(text):
    """The whole second of an RFC 3339 instant."""
    whole = datetime.strptime(text[:19], "%Y-%m-%dT%H:%M:%S").replace(tzinfo=timezone.utc)
    return int(whole.timestamp())


def shown(zone, instant):
    """Seconds since 1970 as if what the clocks of the zone show were UTC."""
    local = datetime.fromtimestamp(instant, zone)
    return (local.date() - EPOCH).days * DAY + local.hour * 3600 + local.minute * 60 + local.second


@lru_cache(maxsize=None)
def eras(name):
    """(from, until, offset) without gaps."""
    zone = ZoneInfo(name)

    def offset(instant):
        return shown(zone, instant) - instant

    found, begin, instant = [], FIRST, FIRST
    while instant < LAST:
        later = instant + 6 * 3600
        if offset(later) != offset(instant):
            low, high = instant, later
            while high - low > 1:
                middle = (low + high) // 2
                if offset(middle) == offset(instant):
                    low = middle
                else:
                    high = middle
            found.append((begin, high, offset(begin)))
            begin = high
        instant = later
    found.append((begin, LAST, offset(begin)))
    return found


@lru_cache(maxsize=None)
def era_starts(name):
    return [era[0] for era in eras(name)]


def instants_showing(name, low, high):
    """The intervals of instants at which the clocks show something from low to before high."""
    result = []
    every = eras(name)
    index = max(bisect.bisect_right(era_starts(name), low - 2 * DAY) - 1, 0)
    while index < len(every) and every[index][0] < high + 2 * DAY:
        begin, end, offset = every[index]
        from_, until = max(begin, low - offset), min(end, high - offset)
        if from_ < until:
            result.append((from_, until))
        index += 1
    return result


def union(intervals):
    result = []
    for begin, end in sorted(intervals):
        if result and begin <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        elif begin < end:
            result.append((begin, end))
    return result


def without(intervals, holes):
    """What of the intervals lies in none of the holes; both in order and apart."""
    result, index = [], 0
    for begin, end in intervals:
        while index < len(holes) and holes[index][1] <= begin:
            index += 1
        at, look = begin, index
        while look < len(holes) and holes[look][0] < end:
            if at < holes[look][0]:
                result.append((at, holes[look][0]))
            at = max(at, holes[look][1])
            look += 1
        if at < end:
            result.append((at, end))
    return result


def working(calendar, start, end):
    """The intervals from start to end in which the calendar is open; None is always."""
    if calendar is None:
        return [(start, end)]
    name = calendar.get("zone") or "UTC"
    holidays = set(calendar["holidays"])
    day = EPOCH + timedelta(days=start // DAY - 3)
    stop = EPOCH + timedelta(days=end // DAY + 3)
    raw = []
    while day <= stop:
        if day.isoformat() not in holidays:
            midnight = (day - EPOCH).days * DAY
            for hours in calendar["hours"]:
                if (day.weekday() + 1) % 7 in hours["days"]:
                    length = (hours["until"] - hours["from"]) * 60
                    if length <= 0:
                        length += DAY
                    low = midnight + hours["from"] * 60
                    raw += instants_showing(name, low, low + length)
        day += timedelta(days=1)
    return [(max(a, start), min(b, end)) for a, b in union(raw) if b > start and a < end]


def is_open(calendar, instant):
    """By what the clocks show, and nothing else."""
    local = datetime.fromtimestamp(instant, ZoneInfo(calendar.get("zone") or "UTC"))
    minute = local.hour * 60 + local.minute
    for back in (0, 1):
        day = local.date() - timedelta(days=back)
        if day.isoformat() in calendar["holidays"]:
            continue
        for hours in calendar["hours"]:
            if (day.weekday() + 1) % 7 not in hours["days"]:
                continue
            until = hours["until"] if hours["until"] > hours["from"] else hours["until"] + 1440
            if hours["from"] <= minute + back * 1440 < until:
                return True
    return False


def look_at(case, now):
    """(severity, calendar or None, target, start, met, pauses) of a case as it was known at now."""
    plan, history = case["plan"], case["history"]
    start = second(history["started"])
    met = history["met"].get(case["clock"])
    met = second(met) if met is not None and second(met) <= now else None
    upto = min(now, met if met is not None else now)
    if met is not None:
        met = max(met, start)
    severity, latest = None, None
    for change in history["severities"]:
        at = second(change["at"])
        if at <= max(upto, start) and (latest is None or at >= latest):
            severity, latest = change["severity"], at
    row = next((row for row in plan["targets"] if row["severity"] == severity), {})
    name = row.get("calendar")
    calendar = next((one for one in plan["calendars"] if one["name"] == name), None) if name != "24x7" else None
    target = row.get(case["clock"])
    pauses = []
    for pause in history["pauses"]:
        begin = second(pause["from"])
        end = second(pause["until"]) if pause.get("until") else None
        if begin > now:
            continue
        if end is None:
            end = float("inf")
        pauses.append((begin, end))
    return severity, calendar, None if target is None else target // 1000, start, met, union(pauses)


def total(intervals):
    return sum(b - a for a, b in intervals)


def counted(calendar, start, end, pauses):
    return without(working(calendar, start, end), pauses) if end > start else []


def reached(calendar, start, pauses, amount):
    """The earliest instant by which so much was counted; None when it is far or never."""
    if amount <= 0:
        return start
    if calendar is not None and not calendar["hours"]:
        return None
    for days in (40, 200, 1000):
        rest = amount
        for begin, end in counted(calendar, start, start + days * DAY, pauses):
            if end - begin >= rest:
                return begin + rest
            rest -= end - begin
        if pauses and pauses[-1][1] == float("inf") and pauses[-1][0] < start + days * DAY:
            return None
    return None


def answer(case):
    now = second(case["now"])
    _, calendar, target, start, met, pauses = look_at(case, now)
    used = total(counted(calendar, start, min(now, met if met is not None else now), pauses))
    result = {"used": used, "state": "none"}
    if target is not None:
        due = reached(calendar, start, pauses, target)
        if met is not None:
            result["state"] = "met"
            result["late"] = due is not None and due < met
        elif due is not None and due <= now:
            result["state"] = "breached"
            result["at"] = due
            result["over"] = used - target
        else:
            held = any(a <= max(now, start) < b for a, b in pauses)
            result["state"] = "paused" if held else "running"
            result["left"] = target - used
    # With everything that is known.
    _, calendar, target, start, met, pauses = look_at(case, LAST)
    if target is not None and met is None:
        result["due"] = reached(calendar, start, pauses, target)
        result["warning"] = reached(calendar, start, pauses, target - int(target * case["plan"]["warns_at"]))
    return result, calendar, start


def audit(calendar, start, line):
    """The intervals against what clocks show at random instants."""
    if calendar is None:
        return
    chance = random.Random(line)
    intervals = working(calendar, start, start + 30 * DAY)
    starts = [a for a, _ in intervals]
    for _ in range(200):
        instant = start + chance.randrange(30 * DAY)
        index = bisect.bisect_right(starts, instant) - 1
        inside = index >= 0 and instant < intervals[index][1]
        if inside != is_open(calendar, instant):
            sys.exit(f"the oracle contradicts itself at {instant}, line {line}: {json.dumps(calendar)}")


for number, text in enumerate(sys.stdin):
    found, calendar, start = answer(json.loads(text))
    if number % 50 == 0:
        audit(calendar, start, number)
    print(json.dumps(found))
