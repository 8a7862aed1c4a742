import Documents
import PromQL
import Values

/// One rule of a group.
extension GroupReader {
  mutating func readRule(
    _ node: YAMLNode, of group: YAMLReader, groupLabels: [(name: String, node: YAMLNode, text: String)]
  ) -> RuleParts? {
    var reader = group.reader(node, of: "a rule")
    defer { add(reader.finish()) }
    let kind = kind(&reader)
    let expression = expression(&reader)
    let hold = span("for", &reader) ?? .zero
    let keep = span("keep_firing_for", &reader) ?? .zero
    let own = labels("labels", &reader)
    let annotations = texts("annotations", &reader) { name in
      name.isEmpty ? "an annotation has no name" : nil
    }
    if case .recording = kind { refuseAlertFields(&reader) }
    guard let kind, let expression else { return nil }
    let isAlerting = if case .alerting = kind { true } else { false }
    let merged =
      groupLabels.isEmpty
      ? own : groupLabels.filter { label in !own.contains { $0.name == label.name } } + own
    let labels = merged.map { text($0, &reader, isTemplate: isAlerting, isLabel: true) }
    let texts = annotations.map { text($0, &reader, isTemplate: true, isLabel: false) }
    if isAlerting { warnOfLevel(own, &reader) }
    return RuleParts(
      kind: kind, expr: expression.expr, source: expression.source, hold: hold, keep: keep, labels: labels,
      annotations: texts, position: reader.position)
  }

  private func kind(_ reader: inout YAMLReader) -> Rule.Kind? {
    let record = reader.string("record") ?? ""
    let alert = reader.string("alert") ?? ""
    switch (record.isEmpty, alert.isEmpty) {
    case (true, true):
      reader.complain(
        "a rule has neither record nor alert", remedy: "add `alert: Name` or `record: name`",
        at: reader.position)
      return nil
    case (false, false):
      reader.complain(
        "a rule has both record and alert", remedy: "remove one of them", at: reader.position(of: "alert"))
      return nil
    case (false, true):
      if record.contains(where: { $0 == "{" || $0 == "}" }) {
        reader.complain(
          "the recorded name \"\(Inert.terminal(record))\" has braces",
          remedy: "put labels under `labels:`", at: reader.position(of: "record"))
      }
      return .recording(record)
    case (true, false): return .alerting(alert)
    }
  }

  private func expression(_ reader: inout YAMLReader) -> (expr: Expr, source: String)? {
    guard let node = reader.node("expr"), !node.isNull, let text = reader.string(node, name: "expr"),
      !text.isEmpty
    else {
      if reader.node("expr")?.elements == nil, reader.node("expr")?.entries == nil {
        reader.complain("a rule has no expr", remedy: "add `expr: …`", at: reader.position)
      }
      return nil
    }
    do throws(ParseError) {
      return (try PromQL.parse(text), text)
    } catch {
      reader.complain(
        "the expression is wrong: \(error.message)", remedy: "correct it",
        at: source.position(ofScalar: error.offset, in: text, at: node.position))
      return nil
    }
  }

  private func refuseAlertFields(_ reader: inout YAMLReader) {
    for name in ["for", "keep_firing_for", "annotations"] where reader.node(name)?.isNull == false {
      if let text = reader.node(name)?.text, Span(prometheus: text) == .zero { continue }
      if reader.node(name)?.entries?.isEmpty ?? false { continue }
      reader.complain(
        "a recording rule has no \(name)", remedy: "remove it, or make the rule an alert",
        at: reader.position(of: name))
    }
  }

  private func text(
    _ entry: (name: String, node: YAMLNode, text: String), _ reader: inout YAMLReader, isTemplate: Bool,
    isLabel: Bool
  ) -> Rule.Text {
    guard isTemplate else { return Rule.Text(entry.name, entry.text, template: nil, at: entry.node.position) }
    do throws(TemplateError) {
      let template = try AnnotationTemplate(entry.text)
      if isLabel, template.printsValue {
        reader.complain(
          "the label \(Inert.terminal(entry.name)) holds the value, so each new value is a new alert",
          remedy: "move it to an annotation", at: entry.node.position, weight: .warning)
      }
      return Rule.Text(entry.name, entry.text, template: template, at: entry.node.position)
    } catch {
      reader.complain(
        "the template is wrong: \(error.what)", remedy: "correct it",
        at: source.position(ofByte: error.offset, in: entry.text, at: entry.node.position))
      return Rule.Text(entry.name, entry.text, template: nil, at: entry.node.position)
    }
  }

  private func warnOfLevel(
    _ labels: [(name: String, node: YAMLNode, text: String)], _ reader: inout YAMLReader
  ) {
    guard let levels, let severity = labels.first(where: { $0.name == "severity" }),
      !severity.text.contains("{{"),
      !severity.text.isEmpty, !levels.knows(severity.text)
    else { return }
    reader.complain(
      "the severity \"\(Inert.terminal(severity.text))\" is no level and counts as warn",
      remedy: "write page, warn or info, or map it under `levels:` in system.yaml",
      at: severity.node.position, weight: .warning)
  }
}

extension String {
  /// Without white space at both ends.
  var trimmed: String {
    // Most texts have none, and the ends of words are ASCII.
    if let first = utf8.first, let last = utf8.last, (0x21...0x7E).contains(first),
      (0x21...0x7E).contains(last)
    {
      return self
    }
    // A block's one line end behind its words, too.
    if let first = utf8.first, utf8.last == 0x0A, let last = utf8.dropLast().last,
      (0x21...0x7E).contains(first), (0x21...0x7E).contains(last)
    {
      return String(decoding: utf8.dropLast(), as: UTF8.self)
    }
    var text = self[...].drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text = text.dropLast() }
    return String(text)
  }
}
