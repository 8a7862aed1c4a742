import Incidents
import JSON
import Values

/// An incident as an alert of Alertmanager's API, version 2, so that its routes tell whom they tell.
///
/// Our alerts are not sent here: `alertmanager: {post: true}` does that, and goes on doing it while they fire. A person's
/// update is sent once, so its alert lasts for a day from there, or until Resolved.
package enum AlertmanagerDelivery: DeliveryKind {
  package static let name = "alertmanager"
  /// Alertmanager knows an alert by its labels.
  package static let knowsItsKey = true
  package static let place = DeliveryPlace.address
  package static let keys: DeliveryKeys = [.bearer, .network]
  package static let replaces = true

  private static let duration = Span.hours(24)

  package static func payload(of message: DeliveryMessage, to destination: Destination) throws(Refusal)
    -> DeliveryPayload
  {
    guard message.occasion == .update, let incident = message.incident else {
      throw Refusal("Alertmanager is told of incidents here, and this is none; send it another way.")
    }
    let labels = [
      "alertname": "Incident", "incident": incident, "system": message.system,
    ]
    let started = message.started ?? message.at
    let end = message.stage == .resolved ? message.at : message.at + duration
    let texts = [
      "summary": message.heading.onOneLine, "description": message.text,
      "incident_severity": message.severity?.rawValue ?? "", "status": message.stage?.rawValue ?? "",
      "impact": message.impact ?? "", "next_update": message.nextUpdate?.rfc3339 ?? "",
    ]
    let alert = JSONValue.members(
      ("labels", JSONValue(labels)), ("annotations", JSONValue(texts.filter { !$0.value.isEmpty })),
      // It refuses what ends before it starts.
      ("startsAt", .string(min(started, end).rfc3339)), ("endsAt", .string(end.rfc3339)))
    return .json(JSONValue.array([alert]).text, path: "/api/v2/alerts")
  }

  package static func verdict(on answer: DeliveryAnswer, of payload: DeliveryPayload) -> DeliveryVerdict {
    HTTPVerdict(server: "Alertmanager", knowsItsKey: knowsItsKey, entry: "its bearer").verdict(on: answer) {
      status, body in
      // It says nothing when it takes them.
      body.onOneLine.isEmpty ? .sent(receipt: "\(status)", remoteID: nil) : nil
    }
  }
}
