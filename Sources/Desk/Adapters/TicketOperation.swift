/// What goes out to another house about one ticket.
package enum TicketOperation: String, CaseIterable, Sendable {
  /// Makes a ticket there of one that was opened here.
  case create
  case comment
  /// A comment that the customer does not read.
  case note
  case assign, status, close
}

/// One thing to tell another house.
package struct TicketErrand: Equatable, Sendable {
  package let operation: TicketOperation
  /// What can stand in a call as `{name}`; see ``names``.
  package let values: [String: String]

  package static let names = [
    "id", "ticket", "text", "state", "assignee", "public", "internal", "key", "by", "subject", "requester",
    "priority", "severity", "tenant",
  ]

  package init(_ operation: TicketOperation, values: [String: String]) {
    self.operation = operation
    self.values = values
  }
}

/// How a folder says that an operation is done: a template; `{name}` stands for a value.
package struct TicketCall: Hashable, Sendable {
  package struct Member: Hashable, Sendable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  package var method: String
  /// Behind the address: a path, or the name of a function.
  package var path: String
  /// Members of the JSON object that is sent.
  package var data: [Member]
  /// Of a command.
  package var words: [String]

  package init(method: String = "POST", path: String = "", data: [Member] = [], words: [String] = []) {
    self.method = method
    self.path = path
    self.data = data
    self.words = words
  }

  /// Every name in braces that is none.
  package var unknownNames: [String] {
    ([path] + data.map(\.value) + words).flatMap(TicketTemplate.names)
      .filter { !TicketErrand.names.contains($0) }
  }
}

/// Texts with `{name}` in them, filled in one pass: what a value holds is never read again.
enum TicketTemplate {
  private enum Part { case text(Substring), name(Substring) }

  private static func parts(_ template: String) -> [Part] {
    var parts: [Part] = []
    var rest = template[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      let name = rest[rest.index(after: open)..<close]
      guard !name.isEmpty, name.allSatisfy({ $0.isASCII && ($0.isLetter || $0 == "_") }) else {
        parts.append(.text(rest[...open]))
        rest = rest[rest.index(after: open)...]
        continue
      }
      parts.append(.text(rest[..<open]))
      parts.append(.name(name))
      rest = rest[rest.index(after: close)...]
    }
    return parts + [.text(rest)]
  }

  static func names(_ template: String) -> [String] {
    parts(template).compactMap { if case .name(let name) = $0 { String(name) } else { nil } }
  }

  static func fill(_ template: String, _ values: [String: String], as encode: (String) -> String = { $0 })
    -> String
  {
    parts(template).map { part in
      switch part {
      case .text(let text): String(text)
      case .name(let name): encode(values[String(name)] ?? "")
      }
    }.joined()
  }
}
