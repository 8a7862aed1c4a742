import Documents
import Values

extension PlaybookSettings {
  /// Reads a front matter; unknown keys and bad values become problems.
  init(_ document: YAMLDocument, problems: inout [Problem]) {
    var reader = YAMLReader(document.root, file: document.file, of: "a playbook")
    title = reader.string("title")
    alerts = reader.strings("alerts")
    services = reader.strings("services")
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
