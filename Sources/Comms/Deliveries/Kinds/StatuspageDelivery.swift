import Incidents
import JSON
import Values

/// Statuspage's incidents API, version 1: the first update of an incident makes one there, later ones change it.
///
/// Without a key of its own for requests, what may have arrived is not sent again.
package enum StatuspageDelivery: DeliveryKind {
  package static let name = "statuspage"
  package static let knowsItsKey = false
  package static let place = DeliveryPlace.page(root: "https://api.statuspage.io", before: "/v1/pages/")
  package static let keys: DeliveryKeys = [.token, .url, .notify, .components, .network]
  package static let requiredKeys: DeliveryKeys = [.token]
  package static let limits = DeliveryLimits(subject: 255, text: 25_000)
  package static let makesOne = true
  package static let replaces = true

  package static func mark(_ unique: String) -> String? { "id\(unique)" }

  package static func payload(of message: DeliveryMessage, to destination: Destination) throws(Refusal)
    -> DeliveryPayload
  {
    guard message.occasion == .update else {
      throw Refusal("Nothing goes to a status page by itself; a person writes what readers see.")
    }
    let status = try status(of: message)
    let name = message.pageName
    guard !name.isEmpty else { throw Refusal("A status page wants a title; give it a subject.") }
    guard name.utf16.count <= 255 else {
      throw Refusal(
        "Statuspage takes titles of 255 characters, and this has \(name.utf16.count); shorten it.")
    }
    guard message.text.utf16.count <= 25_000 else {
      throw Refusal(
        "Statuspage takes texts of 25000 characters, and this has \(message.text.utf16.count); shorten it.")
    }
    let ids = destination.components
    let state = componentState(of: message, status)
    let incident = JSONValue.members(
      // What somebody called it there stays, until its title changes.
      ("name", message.remoteID == nil || message.name != nil ? .string(name) : nil),
      ("status", .string(status)),
      ("body", .string(message.text)),
      ("impact_override", impact(of: message).map { .string($0) }),
      ("scheduled_for", message.scheduled.map { .string($0.from.rfc3339) }),
      ("scheduled_until", message.scheduled.map { .string($0.until.rfc3339) }),
      ("component_ids", ids.isEmpty ? nil : .array(ids.map { .string($0) })),
      (
        "components",
        ids.isEmpty ? nil : state.map { state in .object(ids.map { .init($0, .string(state)) }) }
      ),
      // Left out it would be true.
      ("deliver_notifications", .bool(destination.notifies)))
    let body = JSONValue.members(("incident", incident)).text
    guard let id = message.remoteID else { return .json(body, path: "/incidents") }
    guard isID(id) else {
      throw Refusal("\"\(Inert.terminal(id))\" is no id of an incident at Statuspage; tell it there by hand.")
    }
    return .json(body, method: "PATCH", path: "/incidents/\(id)")
  }

  package static func verdict(on answer: DeliveryAnswer, of payload: DeliveryPayload) -> DeliveryVerdict {
    HTTPVerdict(server: "Statuspage", knowsItsKey: knowsItsKey, entry: "its token").verdict(on: answer) {
      status, body in
      guard case .success(let json) = JSONValue.read(Array(body.utf8)), let id = json["id"]?.string, isID(id)
      else { return nil }
      return .sent(receipt: "\(status), incident \(id)", remoteID: id)
    }
  }

  private static func status(of message: DeliveryMessage) throws(Refusal) -> String {
    switch message.stage {
    case .investigating: return "investigating"
    case .identified: return "identified"
    case .monitoring: return "monitoring"
    case .resolved: return "resolved"
    case .maintenance:
      guard let window = message.window else {
        throw Refusal("Statuspage wants to know when the work begins and ends; name both.")
      }
      return message.at < window.from ? "scheduled" : message.at < window.until ? "in_progress" : "completed"
    case .announcement, .reply, nil:
      throw Refusal(
        "Statuspage has incidents and scheduled maintenance, and this is neither; send it another way.")
    }
  }

  private static func impact(of message: DeliveryMessage) -> String? {
    if message.stage == .maintenance { return "maintenance" }
    switch message.severity {
    case .s1: return "critical"
    case .s2: return "major"
    case .s3: return "minor"
    case .s4: return "none"
    case nil: return nil
    }
  }

  /// What its components are shown as; nil leaves them as they are.
  private static func componentState(of message: DeliveryMessage, _ status: String) -> String? {
    switch status {
    case "resolved", "completed": return "operational"
    case "in_progress": return "under_maintenance"
    case "scheduled": return nil
    default: break
    }
    switch message.severity {
    case .s1: return "major_outage"
    case .s2: return "partial_outage"
    case .s3, .s4: return "degraded_performance"
    case nil: return nil
    }
  }

  private static func isID(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }
}

extension DeliveryMessage {
  /// Its window, when it is about announced work.
  fileprivate var scheduled: Window? { stage == .maintenance ? window : nil }
}
