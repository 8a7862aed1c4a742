import Alerting
import Documents
import Metrics
import Values

extension SystemReader {
  mutating func readAlerting(_ reader: inout YAMLReader) {
    for (name, value) in reader.stringMap("levels") {
      if let level = Level(rawValue: value) {
        system.levels.own[name] = level
      } else {
        reader.complain(
          "the level of \(Inert.terminal(name)) cannot be \"\(Inert.terminal(value))\"",
          remedy: "write page, warn or info", at: reader.position(of: "levels"))
      }
    }
    inhibitPosition = reader.position(of: "inhibit_rules")
    for node in reader.list("inhibit_rules") {
      var inner = reader.reader(node, of: "an inhibit rule")
      let source = matchers("source_matchers", &inner, isRequired: true)
      let target = matchers("target_matchers", &inner, isRequired: true)
      system.inhibitRules.append(
        InhibitRule(source: source, target: target, equal: inner.strings("equal")))
      reader.finish(inner)
    }
  }

  /// A list of Alertmanager matchers.
  func matchers(_ name: String, _ reader: inout YAMLReader, isRequired: Bool = false) -> [Matcher] {
    let node = reader.node(name)
    if isRequired, node == nil {
      reader.complain("\(name) is missing", remedy: "add `\(name): [alertname = Name]`", at: reader.position)
    }
    let nodes = node?.elements ?? node.map { [$0] } ?? []
    return nodes.flatMap { node -> [Matcher] in
      guard !node.isNull, let text = reader.string(node, name: name) else { return [] }
      do throws(MatcherText.Wrong) {
        return try MatcherText.parse(text)
      } catch {
        reader.complain(
          "this is no matcher: \(error.what)", remedy: "write one such as severity = \"page\"",
          at: node.position)
        return []
      }
    }
  }
}
