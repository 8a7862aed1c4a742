"""Reads exports in JSON and CSV by Python's own modules, and says what is wrong with them, a line each.

Usage: files.py MODEL FILE...

Every file is of the model's kind and must have its shape: hostile words in a field are words there, and nothing else.
A file FILE.says beside one is a JSON list of texts that must each be one of its values.
"""
import csv, json, os, re, sys

sys.dont_write_bytecode = True
csv.field_size_limit(1 << 30)
NAME = re.compile(r"^[a-z][a-z0-9_]*$")
SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20"


def members(pairs):
    names = [name for name, _ in pairs]
    if len(names) != len(set(names)):
        raise ValueError(f"a name stands twice among {names}")
    return dict(pairs)


def constant(word):
    raise ValueError(f"{word} is no JSON")


def shape(value):
    """Names that are data, such as those of roles, are all the same."""
    if isinstance(value, dict):
        return {"{}": sorted((name if NAME.match(name) else "*", repr(shape(one))) for name, one in value.items())}
    if isinstance(value, list):
        return [len(value), sorted({repr(shape(one)) for one in value})]
    return type(value).__name__


def texts(value):
    if isinstance(value, dict):
        for name, one in value.items():
            yield name
            yield from texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)
    elif isinstance(value, str):
        yield value


def read(path):
    """Its shape and its values."""
    with open(path, encoding="utf-8", newline="") as file:
        if path.endswith(".json"):
            document = json.load(file, object_pairs_hook=members, parse_constant=constant)
            return shape(document), set(texts(document))
        rows = list(csv.reader(file, strict=True))
    for row in rows:
        for cell in row:
            if cell.strip()[:1] and cell.strip()[0] in SIGNS:
                raise ValueError(f"a cell is a formula: {cell[:80]!r}")
    return [len(row) for row in rows], {cell for row in rows for cell in row}


model, _ = read(sys.argv[1])
for path in sys.argv[2:]:
    name = os.path.basename(path)
    try:
        found, values = read(path)
    except (ValueError, csv.Error) as error:
        print(f"{name}: {error}")
        continue
    if found != model:
        print(f"{name}: has another shape")
    with open(path + ".says", encoding="utf-8") as file:
        for words in json.load(file):
            if words not in values:
                print(f"{name}: does not say {words[:200]!r}")
