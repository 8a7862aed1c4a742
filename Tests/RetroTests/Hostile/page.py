#!/usr/bin/env python3
"""Reads HTML pages by Python's own parser and prints what is wrong with them, a line each; nothing where all is well.

Usage: page.py FILE... ; what a page has to say in text stands, one a line, in FILE.says where that exists.
"""
import json
import os
import sys
from html.parser import HTMLParser

VOID = {"meta", "hr", "br", "line", "rect", "path"}
KNOWN = set("""html head meta title style body a div header h1 h2 h3 h4 h5 h6 nav main footer p ul ol li dl dt dd pre
code blockquote hr table caption thead tbody tr th td s del em strong time span figure figcaption details summary
svg desc line rect path text""".split())
SCHEMES = ("http://", "https://", "mailto:", "tel:", "#")


class Page(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.problems, self.open, self.ids, self.links, self.headings, self.texts = [], [], [], [], [], []
        self.captions = self.tables = 0
        self.policy = self.language = None

    def wrong(self, what):
        self.problems.append(f"line {self.getpos()[0]}: {what}")

    def handle_starttag(self, tag, pairs):
        attributes = dict(pairs)
        if tag not in KNOWN:
            self.wrong(f"element {tag}")
        if len(attributes) != len(pairs):
            self.wrong(f"{tag} has an attribute twice")
        for name, value in pairs:
            if name.startswith("on") or name in ("src", "srcset", "style", "action", "formaction", "background"):
                self.wrong(f"{tag} has {name}")
            if name == "href" and not (value or "").lower().startswith(SCHEMES):
                self.wrong(f"{tag} leads to {value}")
            if any(ord(c) < 32 or c in "\u202e\u2028\ufeff" for c in value or ""):
                self.wrong(f"{tag} {name} has a control character")
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy":
            self.policy = attributes.get("content")
        if tag == "html":
            self.language = attributes.get("lang")
        if "id" in attributes:
            if attributes["id"] in self.ids:
                self.wrong(f"id {attributes['id']} is there twice")
            self.ids.append(attributes["id"])
        for name in ("aria-labelledby", "aria-describedby"):
            self.links += [("#" + one) for one in attributes.get(name, "").split()]
        if attributes.get("href", "").startswith("#"):
            self.links.append(attributes["href"])
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            level = int(tag[1])
            if level > (self.headings[-1] if self.headings else 0) + 1:
                self.wrong(f"{tag} comes after h{self.headings[-1] if self.headings else 0}")
            self.headings.append(level)
        if tag == "th" and "scope" not in attributes:
            self.wrong("th without scope")
        if tag == "svg" and attributes.get("role") != "img":
            self.wrong("svg without a role")
        inside_p = "p" in self.open
        if inside_p and tag in ("p", "div", "ul", "ol", "table", "pre", "dl", "h2", "h3", "figure", "blockquote"):
            self.wrong(f"{tag} stands in a paragraph")
        if tag == "a" and "a" in self.open:
            self.wrong("a link in a link")
        self.tables += tag == "table" and bool(self.open)
        self.captions += tag == "caption"
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, pairs):
        self.handle_starttag(tag, pairs)
        if tag not in VOID:
            self.wrong(f"{tag} closes itself")

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self.wrong(f"</{tag}> closes {self.open[-1] if self.open else 'nothing'}")
        if tag in self.open:
            while self.open and self.open.pop() != tag:
                pass

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            if any((ord(c) < 32 and c not in "\n") or c in "\u202e\u2028\ufeff" for c in data):
                self.wrong("text has a control character")
            self.texts.append(data)

    def handle_comment(self, data):
        self.wrong("a comment")

    def unknown_decl(self, data):
        self.wrong("a declaration")

    handle_pi = unknown_decl

    def finish(self):
        self.close()
        if self.open:
            self.wrong(f"never closed: {' '.join(self.open)}")
        for link in self.links:
            if link[1:] not in self.ids and link != "#":
                self.wrong(f"nothing is at {link}")
        if self.headings.count(1) != 1:
            self.wrong(f"{self.headings.count(1)} h1")
        if not self.language:
            self.wrong("no language")
        if not (self.policy or "").startswith("default-src 'none'"):
            self.wrong("no policy")
        return self


for path in sys.argv[1:]:
    with open(path, encoding="utf-8", newline="") as file:
        page = Page()
        page.feed(file.read())
        page.finish()
    text = "".join(page.texts)
    if os.path.exists(path + ".says"):
        with open(path + ".says", encoding="utf-8") as file:
            for words in json.load(file):
                if words not in text:
                    page.problems.append(f"does not say {words[:200]!r}")
    for problem in page.problems[:20]:
        print(f"{os.path.basename(path)}: {problem}")
