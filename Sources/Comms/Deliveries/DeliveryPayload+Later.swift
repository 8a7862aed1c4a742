import Incidents
import JSON

/// What is made while an earlier delivery about the same incident may still be under way: the destination's name for the
/// incident is filled in when it goes.
extension DeliveryPayload {
  /// Adds the form for an incident that the destination knows, where that is another one.
  ///
  /// - Parameter unique: lower-case letters and digits that stand nowhere in the message.
  mutating func prepare(
    for message: DeliveryMessage, to destination: Destination, by kind: any DeliveryKind.Type, unique: String
  ) throws(Refusal) {
    guard message.remoteID == nil, message.incident != nil, let mark = kind.mark(unique) else { return }
    let known = try kind.payload(of: message.calling(mark), to: destination)
    guard known.path.contains(mark) || known.body.contains(mark) else { return }
    later = Later(mark: mark, method: known.method, path: known.path, body: known.body)
  }

  /// As it goes to a destination that calls the incident so; nil when such a name cannot stand there.
  package func following(_ remoteID: String) -> DeliveryPayload? {
    guard let later else { return self }
    var payload = self
    payload.later = nil
    payload.method = later.method
    if later.path.contains(later.mark) {
      guard Self.isPathPart(remoteID) else { return nil }
      payload.path = later.path.replacing(later.mark, with: remoteID)
    } else {
      payload.path = later.path
    }
    let text = way == .http ? String(JSONValue.string(remoteID).text.dropFirst().dropLast()) : remoteID
    payload.body = later.body.replacing(later.mark, with: text)
    return payload
  }

  /// Whether it is one part of a path and no more, whoever named it.
  private static func isPathPart(_ text: String) -> Bool {
    (1...128).contains(text.utf8.count) && text.first != "."
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
          true
        default: false
        }
      }
  }
}
