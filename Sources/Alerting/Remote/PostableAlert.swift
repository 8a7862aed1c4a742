import JSON
import Metrics
import Values
import Wire

/// One of our alerts as Alertmanager takes it.
package struct PostableAlert: Hashable, Sendable {
  package var labels: Labels
  package var annotations: [String: String]
  package var startsAt: Instant
  /// Until when it counts as firing unless it is sent again; when it is past, the alert is resolved.
  package var endsAt: Instant
  /// A link to its expression; nil where there is no page for it.
  package var generatorURL: String?

  package init(
    labels: Labels, annotations: [String: String], startsAt: Instant, endsAt: Instant,
    generatorURL: String? = nil
  ) {
    self.labels = labels
    self.annotations = annotations
    self.startsAt = startsAt
    self.endsAt = endsAt
    self.generatorURL = generatorURL
  }

  fileprivate var json: JSONValue {
    .members(
      ("labels", JSONValue(labels.dictionary)), ("annotations", JSONValue(annotations)),
      ("startsAt", .string(startsAt.rfc3339)), ("endsAt", .string(endsAt.rfc3339)),
      ("generatorURL", generatorURL.map { .string($0) }))
  }
}

/// Alertmanager's API, version 2.
extension RemoteServer {
  /// Those that are active, silenced or inhibited.
  package var managedAlerts: Request { fetch("/api/v2/alerts") }

  package var silences: Request { fetch("/api/v2/silences") }

  package func post(_ alerts: [PostableAlert]) -> Request {
    post("/api/v2/alerts", json: JSONValue.array(alerts.map(\.json)).text)
  }

  package func set(_ silence: PostableSilence) -> Request {
    post("/api/v2/silences", json: silence.json.text)
  }

  /// - Parameter id: as Alertmanager gave it.
  package func expire(silence id: String) -> Request {
    delete("/api/v2/silence/\(FormText.escaped(id))")
  }
}
