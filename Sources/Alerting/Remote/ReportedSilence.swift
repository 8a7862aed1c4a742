import JSON
import Metrics
import Values

/// A silence as Alertmanager has it.
package struct ReportedSilence: Hashable, Sendable {
  package enum State: String, Hashable, Sendable { case pending, active, expired }

  package let id: String
  package let state: State
  package let comment: String
  package let by: String
  package let start: Instant
  package let end: Instant

  package init(
    id: String, state: State, comment: String, by: String = "", start: Instant, end: Instant
  ) {
    self.id = id
    self.state = state
    self.comment = comment
    self.by = by
    self.start = start
    self.end = end
  }

  static func list(_ document: JSONValue) throws(RemoteFailure) -> [ReportedSilence] {
    guard let list = document.elements else { throw .shape("is no list of silences") }
    var silences: [ReportedSilence] = []
    for entry in list {
      guard let id = entry["id"]?.string, let state = entry["status"]?["state"]?.string.flatMap(State.init),
        let start = entry["startsAt"]?.string.flatMap({ Instant(rfc3339: $0) }),
        let end = entry["endsAt"]?.string.flatMap({ Instant(rfc3339: $0) })
      else { throw .shape("has a silence without id, state, start or end") }
      silences.append(
        ReportedSilence(
          id: id, state: state, comment: entry["comment"]?.string ?? "",
          by: entry["createdBy"]?.string ?? "", start: start, end: end))
    }
    return silences
  }
}

/// One of our silences as Alertmanager takes it.
package struct PostableSilence: Hashable, Sendable {
  /// Of the one that it replaces; nil for a new one.
  package let id: String?
  package let matchers: [Matcher]
  package let start: Instant
  package let end: Instant
  package let by: String
  package let comment: String

  package init(
    id: String? = nil, matchers: [Matcher], start: Instant, end: Instant, by: String, comment: String
  ) {
    self.id = id
    self.matchers = matchers
    self.start = start
    self.end = end
    self.by = by
    self.comment = comment
  }

  var json: JSONValue {
    .members(
      ("id", id.map { .string($0) }), ("matchers", .array(matchers.map(Self.json))),
      ("startsAt", .string(start.rfc3339)),
      ("endsAt", .string(end.rfc3339)), ("createdBy", .string(by)), ("comment", .string(comment)))
  }

  private static func json(_ matcher: Matcher) -> JSONValue {
    .members(
      ("name", .string(matcher.name)), ("value", .string(matcher.value)),
      ("isRegex", .bool(matcher.op == .matches || matcher.op == .doesNotMatch)),
      ("isEqual", .bool(matcher.op == .equal || matcher.op == .matches)))
  }
}
