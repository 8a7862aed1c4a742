import Documents
import Incidents
import Values

extension ExchangeMapping {
  /// Reads a mapping file; every problem of it, with its place.
  package init(_ text: String, file: String, problems: inout [Problem]) {
    let document = YAMLDocument(text, file: file, problems: &problems)
    var reader = YAMLReader(document.root, file: file, of: "a mapping")
    self.init(&reader)
    problems += reader.finish()
  }

  /// Reads the keys of a mapping, wherever it stands.
  package init(_ reader: inout YAMLReader) {
    self.init()
    source = reader.string("source")
    items = reader.string("items").map { Self.path($0) }
    if let text = reader.string("separator") {
      let known: [String: Character] = [",": ",", ";": ";", "\t": "\t", "tab": "\t"]
      separator = known[text]
      if separator == nil {
        reader.complain(
          "separator cannot be \"\(Inert.terminal(text))\"", remedy: "write one of \",\" \";\" tab",
          at: reader.position(of: "separator"))
      }
    }
    if var inner = reader.mapping("fields", of: "fields") {
      fields = Self.origins(&inner, Self.ticketFields)
      reader.finish(inner)
    }
    if var inner = reader.mapping("comments", of: "comments") {
      commentsAt = inner.string("from") ?? commentsAt
      comments = Self.origins(&inner, Self.commentFields)
      reader.finish(inner)
    }
    for (name, origin) in Self.ours.fields where fields[name] == nil { fields[name] = origin }
    for (name, origin) in Self.ours.comments where comments[name] == nil { comments[name] = origin }
  }

  private static func origins(_ reader: inout YAMLReader, _ names: [String]) -> [String: Origin] {
    var origins: [String: Origin] = [:]
    for name in names {
      guard let node = reader.node(name), !node.isNull else { continue }
      guard node.entries != nil else {
        if let place = reader.string(node, name: name) { origins[name] = Origin(place) }
        continue
      }
      var inner = reader.reader(node, of: "the field \(name)")
      var origin = Origin(inner.string("from") ?? name)
      for (theirs, ours) in inner.stringMap("values") {
        if let objection = objection(to: ours, of: name) {
          inner.complain(objection.what, remedy: objection.remedy, at: inner.position(of: "values"))
        }
        origin.values[theirs] = ours
      }
      origin.fallback = inner.string("default")
      if let fallback = origin.fallback, let objection = objection(to: fallback, of: name) {
        inner.complain(objection.what, remedy: objection.remedy, at: inner.position(of: "default"))
      }
      origins[name] = origin
      reader.finish(inner)
    }
    return origins
  }

  /// Why that is no value of ours.
  private static func objection(to value: String, of name: String) -> (what: String, remedy: String)? {
    let all: [String]
    switch name {
    case "state": all = TicketState.allCases.map(\.rawValue)
    case "priority": all = TicketPriority.allCases.map(\.rawValue)
    case "severity": all = Severity.allCases.map(\.rawValue)
    case "public": all = ["true", "false"]
    default: return nil
    }
    guard !all.contains(value) else { return nil }
    return (
      "\"\(Inert.terminal(value))\" is no \(name) of ours", "write one of \(all.joined(separator: ", "))"
    )
  }

  /// `$.result.tickets`, `result.tickets`; empty for the document itself.
  static func path(_ text: String) -> [String] {
    text.split(separator: ".").map(String.init).filter { $0 != "$" }
  }
}
