import Documents
import Values

extension PlaybookSettings {
  /// Reads a front matter; unknown keys and bad values become problems.
  init(_ document: YAMLDocument, problems: inout [Problem]) {
    var reader = YAMLReader(document.root, file: document.file, of: "a playbook")
    title = reader.string("title")
    alerts = reader.strings("alerts")
    services = reader.strings("services")
    roles = reader.named("roles")
    readEscalation(&reader)
    review = reader.span("review")
    if let text = reader.string("reviewed") {
      reviewed = Instant(rfc3339: "\(text)T00:00:00Z")
      if reviewed == nil {
        reader.complain(
          "reviewed is a date, and here is \"\(Inert.terminal(text))\"",
          remedy: "write one such as 2026-11-21",
          at: reader.node("reviewed")?.position ?? reader.position(of: "reviewed"))
      }
    }
    variables = reader.variables()
    keep = reader.strings("keep")
    destructive = reader.strings("destructive")
    timeout = reader.span("timeout")
    if var rules = reader.mapping("steps", of: "steps") {
      for key in rules.names {
        let position = rules.position(of: key)
        guard let node = rules.node(key) else { continue }
        var rule = rules.reader(node, of: "the step \"\(Inert.terminal(key))\"")
        steps.append(Rule(key: key, position: position, settings: StepSettings(&rule)))
        rules.finish(rule)
      }
      reader.finish(rules)
    }
    problems += reader.finish()
  }
}

extension PlaybookSettings {
  private mutating func readEscalation(_ reader: inout YAMLReader) {
    for node in reader.list("escalation") {
      var inner = reader.reader(node, of: "a rung of the escalation")
      let name = inner.requiredString("name")
      let after = inner.requiredString("at") == nil ? nil : inner.span("at")
      let rung = name.flatMap { name in
        after.map {
          Rung(
            name: name, after: $0, contact: inner.named("contact").first,
            playbook: inner.named("playbook").first)
        }
      }
      if let rung {
        if escalation.contains(where: { $0.name == rung.name }) {
          inner.complain(
            "the rung \"\(Inert.terminal(rung.name))\" stands twice", remedy: "give one another name",
            at: inner.position(of: "name"))
        }
        escalation.append(rung)
      }
      reader.finish(inner)
    }
    escalation.sort { $0.after < $1.after }
  }
}

extension YAMLReader {
  /// A name, or a list of names, each with its place.
  fileprivate mutating func named(_ key: String) -> [PlaybookSettings.Named] {
    guard let node = node(key), !node.isNull else { return [] }
    return (node.elements ?? [node]).compactMap { element in
      string(element, name: key).map { PlaybookSettings.Named(name: $0, position: element.position) }
    }
  }
}

extension StepSettings {
  fileprivate init(_ reader: inout YAMLReader) {
    role = reader.string("role")
    due = reader.span("due")
    undo = reader.string("undo")
    isCheck = reader.bool("check") ?? false
    timeout = reader.span("timeout")
    every = reader.span("every")
    repeatsFor = reader.span("for")
    isBackground = reader.bool("background") ?? false
    until = reader.string("until").map { Until($0) }
    if let kept = reader.string("output") {
      if let known = Output(rawValue: kept) {
        output = known
      } else {
        reader.complain(
          "output is kept or secret, and here is \"\(Inert.terminal(kept))\"", remedy: "write one of them",
          at: reader.position(of: "output"))
      }
    }
    for (name, meaning) in reader.stringMap("exits") {
      guard let status = Int(name), (0...255).contains(status) else {
        reader.complain(
          "an exit status is a number from 0 to 255, and here is \"\(Inert.terminal(name))\"",
          remedy: "write such a number", at: reader.position(of: "exits"))
        continue
      }
      exits[status] = meaning
    }
    if !isCheck, every != nil || repeatsFor != nil {
      reader.complain(
        "only a check repeats, and this step is none", remedy: "add `check: true`, or remove every and for",
        at: reader.position(of: every != nil ? "every" : "for"))
    }
  }
}
