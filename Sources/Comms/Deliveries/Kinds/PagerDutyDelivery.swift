import Incidents
import JSON
import Values

/// PagerDuty's Events API, version 2. The key by which it knows an alert or an incident is the same for all that is
/// said of it, so that saying it twice is saying it once.
package enum PagerDutyDelivery: DeliveryKind {
  package static let name = "pagerduty"
  package static let knowsItsKey = true
  package static let place = DeliveryPlace.key(
    root: "https://events.pagerduty.com/v2/enqueue", member: "routing_key")
  package static let keys: DeliveryKeys = [.url, .on, .network]
  /// Longer ones are cut; the whole stands in the details.
  package static let limits = DeliveryLimits()

  package static let replaces = true

  private static let longestSummary = 1024
  private static let longestKey = 255
  /// An event has 512 KiB at most, and a character may take six bytes of JSON.
  private static let longestText = 60_000

  package static func payload(of message: DeliveryMessage, to destination: Destination) throws(Refusal)
    -> DeliveryPayload
  {
    let action = action(for: message)
    let key = try key(of: message)
    guard action == "trigger" else {
      return .json(
        JSONValue.members(("event_action", .string(action)), ("dedup_key", .string(key))).text)
    }
    let summary = message.heading.onOneLine
    let payload = JSONValue.members(
      (
        "summary",
        .string((summary.isEmpty ? message.system : summary).shortened(toUnits: longestSummary))
      ),
      ("source", .string(message.system.isEmpty ? "midwatch" : message.system)),
      ("severity", .string(severity(of: message))),
      ("timestamp", .string((message.started ?? message.at).rfc3339)),
      ("component", text(message.alert?.labels["endpoint"] ?? message.alert?.labels["instance"])),
      ("group", text(message.alert?.labels["job"])), ("class", text(message.alert?.rule)),
      ("custom_details", details(of: message)))
    return .json(
      JSONValue.members(
        ("event_action", .string(action)), ("dedup_key", .string(key)), ("client", .string("midwatch")),
        ("payload", payload)
      ).text)
  }

  package static func verdict(on answer: DeliveryAnswer, of payload: DeliveryPayload) -> DeliveryVerdict {
    HTTPVerdict(server: "PagerDuty", knowsItsKey: knowsItsKey, entry: "its integration key")
      .verdict(on: answer) { status, body in
        guard case .success(let json) = JSONValue.read(Array(body.utf8)), json["status"]?.string == "success"
        else { return nil }
        let key = json["dedup_key"]?.string
        // Taken to be worked on: that somebody was called is not said.
        return .sent(receipt: "\(status) accepted", remoteID: key)
      }
  }

  private static func action(for message: DeliveryMessage) -> String {
    switch message.occasion {
    case .acknowledged: "acknowledge"
    case .resolved: "resolve"
    case .fired, .reminded: "trigger"
    case .update: message.stage == .resolved ? "resolve" : "trigger"
    }
  }

  /// The alert's, the ticket's, else the incident's.
  private static func key(of message: DeliveryMessage) throws(Refusal) -> String {
    let whole: String
    if let alert = message.alert {
      whole = "midwatch/\(alert.key)"
    } else if message.occasion == .reminded {
      // All that is said of one ticket is one there; many that are counted are another.
      whole =
        "midwatch/\(message.origin.map { "\($0.prefix(12))/" } ?? "")\(message.system)/"
        + (message.ticket ?? "tickets")
    } else if let incident = message.incident {
      // Two journals have an INC-1 each; a copy of a journal goes on with what it was declared under.
      let origin = message.origin.map { "\($0.prefix(12))/" } ?? ""
      whole = message.remoteID ?? "midwatch/\(origin)\(message.system)/\(incident)"
    } else {
      throw Refusal("PagerDuty is told of alerts and incidents, and this is neither; send it another way.")
    }
    guard whole.utf16.count > longestKey else { return whole }
    return whole.shortened(toUnits: longestKey - 17) + "#" + hash(of: whole)
  }

  /// FNV-1a of 64 bits (Fowler, Noll, Vo), in hex: tells long keys apart that begin alike. Whoever chooses labels could
  /// choose equal ones as well, so nothing is to be kept from them.
  private static func hash(of text: String) -> String {
    let hash = text.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    let hex = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - hex.count) + hex
  }

  /// An alert without a severity has called somebody, so it is an error at least.
  private static func severity(of message: DeliveryMessage) -> String {
    switch message.severity {
    case .s1: "critical"
    case .s2, nil: "error"
    case .s3: "warning"
    case .s4: "info"
    }
  }

  private static func details(of message: DeliveryMessage) -> JSONValue {
    .members(
      ("text", .string(message.text.shortened(toUnits: longestText))), ("incident", text(message.incident)),
      ("status", text(message.stage?.rawValue)),
      ("impact", text(message.impact?.shortened(toUnits: longestSummary))),
      ("next_update", text(message.nextUpdate?.rfc3339)), ("labels", message.alert.map { labels($0.labels) }))
  }

  private static func labels(_ labels: [String: String]) -> JSONValue {
    JSONValue(
      Dictionary(
        labels.sorted { $0.key < $1.key }.prefix(100)
          .map { ($0.key.shortened(toUnits: 200), $0.value.shortened(toUnits: 200)) },
        uniquingKeysWith: { first, _ in first }))
  }

  private static func text(_ text: String?) -> JSONValue? {
    text.flatMap { $0.isEmpty ? nil : .string($0.shortened(toUnits: 1024)) }
  }
}
