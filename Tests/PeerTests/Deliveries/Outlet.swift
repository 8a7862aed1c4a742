import Comms
import Incidents
import Systems
import Testing
import Values

@testable import Host

/// One delivery of a folder, taken to a real destination by the engine's own means.
struct Outlet {
  let delivery: Delivery
  private let secrets: [String: Secret]
  private let folder: String

  /// The secret that destinations use: 32 characters, as PagerDuty's are.
  static let key = "0123456789abcdef0123456789abcdef"

  /// - Parameter text: what stands behind the name under `deliveries`; `${KEY}` is a secret.
  init(_ text: String, folder: String = "/nonexistent", location: SourceLocation = #_sourceLocation) throws {
    let (system, problems) = SystemFolder.load(
      Folder(
        name: "shop", files: ["system.yaml": "title: Shop\nsecrets: {KEY: }\ndeliveries:\n  out: \(text)\n"]),
      environment: ["KEY": Self.key])
    try #require(problems.isEmpty, "\(problems)", sourceLocation: location)
    delivery = try #require(system.deliveries.first, sourceLocation: location)
    secrets = ["KEY": Secret(Self.key)]
    self.folder = folder
  }

  /// What becomes of a message.
  func send(_ message: DeliveryMessage) throws -> DeliveryVerdict {
    let kind = try #require(DeliveryKinds.named(delivery.kind))
    let payload = try kind.payload(of: message, to: delivery.destination)
    #expect(!payload.body.contains(Self.key) && !payload.path.contains(Self.key), "no secret is shown")
    let carrier = DeliveryCarrier(version: "test")
    defer { carrier.stop() }
    let answer = try carrier.carry(
      payload, by: delivery, secrets: secrets, folder: folder, isAnother: false)
    return kind.verdict(on: answer, of: payload)
  }

  /// What the destination calls it.
  func sent(_ message: DeliveryMessage, location: SourceLocation = #_sourceLocation) throws -> String? {
    let verdict = try send(message)
    guard case .sent(_, let id) = verdict else {
      Issue.record("\(verdict)", sourceLocation: location)
      return nil
    }
    return id
  }
}

extension DeliveryVerdict {
  /// `sent`, `again`, `failed`, `unknown`; behind `again` the seconds that were asked for.
  var end: String {
    switch self {
    case .sent: "sent"
    case .again(_, let after): after.map { "again in \($0.milliseconds / 1000)" } ?? "again"
    case .failed: "failed"
    case .unknown: "unknown"
    }
  }
}

extension DeliveryMessage {
  /// About one incident of a shop.
  static func about(
    key: String = "0190-a", stage: Stage? = .investigating, severity: Severity? = .s1,
    incident: String? = "INC-14",
    subject: String = "Karten können nicht verkauft werden 🌙",
    text: String = "We look into it. <!channel> & \"so\"\nNext update: 03:30 UTC",
    window: Window? = nil, remoteID: String? = nil
  ) -> DeliveryMessage {
    let start = Instant(milliseconds: 1_795_230_000_000)
    return DeliveryMessage(
      key: key, occasion: .update, system: "shop", incident: incident, title: "Sales are down",
      severity: severity,
      stage: stage, audience: "users", subject: subject, text: text, impact: "Nobody can sell",
      started: start,
      nextUpdate: start + .minutes(30), window: window, at: start + .minutes(8), remoteID: remoteID)
  }

  static func alert(_ occasion: Occasion) -> DeliveryMessage {
    let start = Instant(milliseconds: 1_795_230_000_000)
    return DeliveryMessage(
      key: "alert-\(occasion.rawValue)", occasion: occasion, system: "shop", title: "QueueBacklog",
      severity: .s1,
      subject: "QueueBacklog fires: 231 > 200", text: "Look at the queue.", started: start,
      at: start + .minutes(1),
      alert: AlertIdentity(system: "shop", rule: "QueueBacklog", labels: ["endpoint": "api", "job": "shop"]))
  }
}
