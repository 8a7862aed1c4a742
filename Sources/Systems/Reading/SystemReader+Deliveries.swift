import Documents
import Values

/// Where updates go: read and shown.
extension SystemReader {
  mutating func readDeliveries(_ reader: inout YAMLReader) {
    guard var names = reader.mapping("deliveries", of: "deliveries") else { return }
    for name in names.names {
      guard let node = names.node(name) else { continue }
      var inner = names.reader(node, of: "the delivery \(Inert.terminal(name))")
      if let delivery = delivery(name, &inner) {
        system.deliveries.append(delivery)
        noteTrust(delivery)
      }
      names.finish(inner)
    }
    reader.finish(names)
  }

  private mutating func delivery(_ name: String, _ reader: inout YAMLReader) -> Delivery? {
    guard let kind = kind(of: Delivery.Kind.self, "a delivery", &reader) else { return nil }
    let command = kind == .command ? reader.strings("command") : []
    let words = SecretText(parts: [.text(command.joined(separator: " "))])
    let destination = kind == .command ? words : secretText(kind.rawValue, &reader)
    let on = reader.string("on").flatMap { choice($0, of: Level.self, named: "on", &reader) }
    let approval = reader.string("approval")
    if let approval { roleReferences.append(reference(approval, "approval", &reader)) }
    let token = secretText("token", &reader)
    let bearer = secretText("bearer", &reader)
    return Delivery(
      name: name, kind: kind, destination: destination ?? SecretText(parts: []), command: command,
      token: token, bearer: bearer, notifies: reader.bool("notify") ?? true, approval: approval, on: on,
      from: reader.string("from"), to: reader.strings("to"),
      json: reader.stringMap("json").map { Delivery.Field(name: $0.name, text: $0.value) })
  }

  private mutating func noteTrust(_ delivery: Delivery) {
    let part = "delivery \(delivery.name)"
    if !delivery.command.isEmpty {
      system.trustNeeds.append(TrustNeed(part: part, reason: .starts(delivery.command)))
    }
    let texts = [delivery.destination, delivery.token, delivery.bearer].compactMap { $0 }
    let names = texts.flatMap(\.names)
    if !names.isEmpty { system.trustNeeds.append(TrustNeed(part: part, reason: .uses(names))) }
  }
}
