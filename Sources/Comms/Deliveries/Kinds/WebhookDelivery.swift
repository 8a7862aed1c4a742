import Incidents
import JSON
import Values

/// A JSON document of the folder's own to any address. Each value is a Mustache text, which becomes one JSON text
/// whatever stands in its fields.
package enum WebhookDelivery: DeliveryKind {
  package static let name = "webhook"
  /// By the header `Idempotency-Key`.
  package static let knowsItsKey = true
  package static let place = DeliveryPlace.address
  package static let keys: DeliveryKeys = [.bearer, .method, .headers, .json, .on, .network]

  package static func mark(_ unique: String) -> String? { "midwatch-\(unique)" }

  /// Methods that carry a body.
  package static let methods = ["POST", "PUT", "PATCH"]

  package static func payload(of message: DeliveryMessage, to destination: Destination) throws(Refusal)
    -> DeliveryPayload
  {
    let fields = message.fields
    let members =
      destination.fields.isEmpty
      ? fields.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, json($0.value)) }
      : destination.fields.map { field in
        JSONValue.Member(field.name, .string(filled(field.text, with: fields)))
      }
    var payload = DeliveryPayload.json(JSONValue.object(members).text, method: destination.method)
    payload.headers.append(.init("Idempotency-Key", message.headerKey))
    return payload
  }

  package static func verdict(on answer: DeliveryAnswer, of payload: DeliveryPayload) -> DeliveryVerdict {
    // The same key is under way: a later try hears how that ended.
    if case .http(409, let after, let body) = answer {
      return .again(reason: "The server answers 409\(HTTPVerdict.said(body)).", after: after)
    }
    return HTTPVerdict(server: "The server", knowsItsKey: knowsItsKey, entry: "its bearer or headers")
      .verdict(on: answer) { status, body in
        .sent(receipt: "\(status)\(HTTPVerdict.said(body))", remoteID: id(in: body))
      }
  }

  /// What is wrong with a text under `json`, each at its place: broken Mustache, and fields that there are not.
  package static func problems(in text: String, file: String, at position: Position) -> [Problem] {
    var problems: [Problem] = []
    let body = TemplateBody(text, file: file, at: position, problems: &problems)
    for name in body.names where !DeliveryMessage.isField(name) {
      problems.append(
        Problem(
          "there is no field \"\(Inert.terminal(name))\" here",
          remedy: "known are \(DeliveryMessage.fieldNames.joined(separator: ", ")), and labels.NAME",
          file: file, at: position))
    }
    return problems
  }

  private static func filled(_ text: String, with fields: [String: Field]) -> String {
    var ignored: [Problem] = []
    return TemplateBody(text, file: "", at: .start, problems: &ignored).filled(fields, missing: .empty).text
  }

  private static func json(_ field: Field) -> JSONValue {
    switch field {
    case .text(let text): .string(text)
    case .list(let items): .array(items.map { .string($0) })
    }
  }

  /// The member `id` of the answer, if it is a text or a whole number.
  private static func id(in body: String) -> String? {
    guard case .success(let json) = JSONValue.read(Array(body.utf8)), let id = json["id"] else { return nil }
    if let text = id.string { return (1...256).contains(text.utf8.count) ? text : nil }
    return id.number.flatMap { Int64(exactly: $0) }.map(String.init)
  }
}

extension DeliveryMessage {
  /// What a webhook's texts can show.
  static let fieldNames = [
    "affected", "alert", "at", "audience", "incident", "impact", "key", "next_update", "occasion",
    "recipient",
    "severity", "stage", "started", "subject", "system", "text", "ticket", "title",
  ]

  static func isField(_ name: String) -> Bool {
    fieldNames.contains(name) || name == "remote_id" || name.hasPrefix("labels.")
  }

  /// Times are RFC 3339. What is not known is not among them.
  var fields: [String: Field] {
    var fields: [String: Field] = [:]
    func set(_ name: String, _ text: String?) {
      if let text, !text.isEmpty { fields[name] = .text(text) }
    }
    set("key", key)
    set("occasion", occasion.rawValue)
    set("system", system)
    set("incident", incident)
    set("title", title)
    set("severity", severity?.rawValue)
    set("stage", stage?.rawValue)
    set("audience", audience)
    set("subject", subject)
    set("text", text)
    set("impact", impact)
    set("started", started?.rfc3339)
    set("next_update", nextUpdate?.rfc3339)
    set("at", at.rfc3339)
    set("remote_id", remoteID)
    set("alert", alert?.rule)
    set("ticket", ticket)
    set("recipient", recipient)
    for (name, value) in alert?.labels ?? [:] { set("labels.\(name)", value) }
    if !affected.isEmpty { fields["affected"] = .list(affected) }
    return fields
  }

  /// The key as a header's value: visible ASCII.
  var headerKey: String {
    String(String.UnicodeScalarView(key.unicodeScalars.map { (0x21...0x7E).contains($0.value) ? $0 : "_" }))
  }
}
