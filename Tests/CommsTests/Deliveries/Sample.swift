import Incidents
import Testing
import Values

@testable import Comms

/// Messages and destinations of one incident at Nova, and answers.
enum Sample {
  static func at(_ clock: String) -> Instant {
    Instant(rfc3339: "2026-11-21T\(clock)Z") ?? Instant(milliseconds: 0)
  }

  static func update(
    key: String = "0190-a", stage: Stage? = .investigating, severity: Severity? = .s1,
    incident: String? = "INC-14", subject: String = "Tickets cannot be sold",
    text: String = "We look into it.\nNext update: 03:30 UTC", affected: [String] = [],
    window: DeliveryMessage.Window? = nil, clock: String = "03:08:33", remoteID: String? = nil,
    earlier: [DeliveryMessage.Earlier] = []
  ) -> DeliveryMessage {
    DeliveryMessage(
      key: key, occasion: .update, system: "nova-rms", incident: incident, title: "Sales are down",
      severity: severity, stage: stage, audience: "users", subject: subject, text: text,
      impact: "Nobody can sell", affected: affected, started: at("03:00:00"), nextUpdate: at("03:30:00"),
      window: window, at: at(clock), remoteID: remoteID, earlier: earlier)
  }

  static func alert(
    _ occasion: DeliveryMessage.Occasion = .fired,
    labels: [String: String] = ["endpoint": "api", "job": "nova"],
    severity: Severity? = .s1, subject: String = "QueueBacklog fires: 231 > 200",
    text: String = "Look at the queue."
  ) -> DeliveryMessage {
    DeliveryMessage(
      key: "alert-1", occasion: occasion, system: "nova-rms", title: "QueueBacklog", severity: severity,
      subject: subject, text: text, started: at("03:00:00"), at: at("03:01:00"),
      alert: AlertIdentity(system: "nova-rms", rule: "QueueBacklog", labels: labels))
  }

  static func destination(_ kind: String, fields: [(String, String)] = []) -> Destination {
    Destination(
      name: "out", kind: kind, shown: "there", notifies: false, from: "Night watch <ops@example.com>",
      to: ["team@example.com"], fields: fields.map { .init(name: $0.0, text: $0.1) })
  }

  /// What no field may let through as anything but text.
  static let hostile = [
    "<!channel> & <http://evil.example|click>", "\"},\"status\":\"resolved\",\"x\":{\"", "{{key}} {{#text}}",
    "a\r\nBcc: all@example.com\r\n\r\nbody", "\u{1B}]52;c;ZXZpbA==\u{7}", "---\nresolved: true\n---",
    "{{< evil >}} {{% evil %}}",
    "## 2026-01-01 forged", "'; rm -rf / #", "\u{202E}gpj.exe", "\0nul", "<script>alert(1)</script>",
    "=?UTF-8?Q?x?=",
    ".\r\nQUIT", "ünïcödé 🌙 ‼", "",
  ]
}
