import Foundation

/// What a public API says that a body may hold: from the services' own reference pages.
struct APIDefinition: Sendable {
  enum Shape: Sendable {
    case text(longest: Int)
    case word([String])
    case time
    case bool
    case texts
    /// Any names, texts as values.
    case map
    case any
    case object(APIDefinition)
  }

  struct Field: Sendable {
    let name: String
    let shape: Shape
    let isRequired: Bool

    init(_ name: String, _ shape: Shape, required: Bool = false) {
      self.name = name
      self.shape = shape
      isRequired = required
    }
  }

  let fields: [Field]

  init(_ fields: Field...) { self.fields = fields }

  /// Each way in which a body is not as defined; unknown fields are one.
  func mistakes(in body: Any?, at path: String = "") -> [String] {
    guard let object = body as? [String: Any] else { return ["\(path) is no object"] }
    var mistakes = object.keys.filter { name in !fields.contains { $0.name == name } }.map {
      "\(path)\($0) is unknown"
    }
    for field in fields {
      let place = path + field.name
      guard let value = object[field.name] else {
        if field.isRequired { mistakes.append("\(place) is missing") }
        continue
      }
      mistakes += Self.mistakes(in: value, of: field.shape, at: place)
    }
    return mistakes
  }

  private static func mistakes(in value: Any, of shape: Shape, at place: String) -> [String] {
    let text = value as? String
    switch shape {
    case .text(let longest):
      guard let text else { return ["\(place) is no text"] }
      return text.utf16.count <= longest ? [] : ["\(place) is longer than \(longest)"]
    case .word(let words):
      return text.map(words.contains) == true ? [] : ["\(place) is none of \(words)"]
    case .time:
      let format = ISO8601DateFormatter()
      format.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
      return text.flatMap { format.date(from: $0) } == nil ? ["\(place) is no time"] : []
    case .bool: return value is Bool ? [] : ["\(place) is neither true nor false"]
    case .texts: return value is [String] ? [] : ["\(place) is no list of texts"]
    case .map: return value is [String: String] ? [] : ["\(place) has other values than texts"]
    case .any: return []
    case .object(let inner): return inner.mistakes(in: value, at: place + ".")
    }
  }
}

extension APIDefinition {
  private static let incidentStates = [
    "investigating", "identified", "monitoring", "resolved", "scheduled", "in_progress", "verifying",
    "completed",
  ]

  /// Statuspage, API 1: `POST` and `PATCH` of an incident.
  static func statuspage(isNew: Bool) -> APIDefinition {
    APIDefinition(
      Field(
        "incident",
        .object(
          APIDefinition(
            Field("name", .text(longest: 255), required: isNew), Field("status", .word(incidentStates)),
            Field("impact_override", .word(["none", "maintenance", "minor", "major", "critical"])),
            Field("scheduled_for", .time), Field("scheduled_until", .time),
            Field("scheduled_remind_prior", .bool),
            Field("scheduled_auto_in_progress", .bool), Field("scheduled_auto_completed", .bool),
            Field("metadata", .any), Field("deliver_notifications", .bool),
            Field("auto_transition_deliver_notifications_at_end", .bool),
            Field("auto_transition_deliver_notifications_at_start", .bool),
            Field("auto_transition_to_maintenance_state", .bool),
            Field("auto_transition_to_operational_state", .bool), Field("auto_tweet_at_beginning", .bool),
            Field("auto_tweet_on_completion", .bool), Field("auto_tweet_on_creation", .bool),
            Field("auto_tweet_one_hour_before", .bool), Field("backfill_date", .text(longest: 32)),
            Field("backfilled", .bool), Field("body", .text(longest: 25_000)), Field("components", .map),
            Field("component_ids", .texts), Field("scheduled_auto_transition", .bool))), required: true))
  }

  /// PagerDuty, Events API 2: an alert event.
  static func pagerDuty(_ action: String) -> APIDefinition {
    let payload = APIDefinition(
      Field("summary", .text(longest: 1024), required: true),
      Field("source", .text(longest: 1024), required: true),
      Field("severity", .word(["critical", "error", "warning", "info"]), required: true),
      Field("timestamp", .time),
      Field("component", .text(longest: 1024)), Field("group", .text(longest: 1024)),
      Field("class", .text(longest: 1024)), Field("custom_details", .any))
    return APIDefinition(
      Field("routing_key", .text(longest: 32), required: true),
      Field("event_action", .word([action]), required: true),
      // To acknowledge and to resolve, the key of what was triggered is needed.
      Field("dedup_key", .text(longest: 255), required: action != "trigger"),
      Field("payload", .object(payload), required: action == "trigger"), Field("images", .any),
      Field("links", .any),
      Field("client", .text(longest: 1024)), Field("client_url", .text(longest: 2048)))
  }

  /// Slack: the payload of a message.
  static let slack = APIDefinition(
    Field("text", .text(longest: 40_000), required: true), Field("blocks", .any), Field("attachments", .any),
    Field("thread_ts", .text(longest: 32)), Field("mrkdwn", .bool))

  /// Alertmanager, API 2: one element of what is posted to `/alerts`.
  static let alert = APIDefinition(
    Field("labels", .map, required: true), Field("annotations", .map), Field("startsAt", .time),
    Field("endsAt", .time), Field("generatorURL", .text(longest: 2048)))
}
