import Incidents
import Values

/// One entry at the end of a file, such as a log of maintenance: a heading, and the text as a quotation, so that no line
/// of it can look like an entry of its own.
package enum FileDelivery: DeliveryKind {
  package static let name = "file"
  /// What is there is looked for before it is written again.
  package static let knowsItsKey = true
  package static let place = DeliveryPlace.file
  package static let keys: DeliveryKeys = [.on]

  package static func payload(of message: DeliveryMessage, to destination: Destination) throws(Refusal)
    -> DeliveryPayload
  {
    let occasion = message.occasion == .update ? message.stage?.rawValue : message.occasion.rawValue
    let facts = [
      message.system, message.incident, message.severity?.rawValue, occasion,
      message.alert?.rule, message.ticket,
    ]
    let known = facts.compactMap { $0 }.filter { !$0.isEmpty }.map(Inert.markdown)
    let heading = ([message.at.dateClockUTC] + known).joined(separator: " · ")
    let lines = Inert.terminalLines(message.text).map { $0.isEmpty ? ">" : "> \($0)" }
    let subject = Inert.markdown(message.heading)
    let parts = ["## \(heading)", subject, message.text.isEmpty ? "" : lines.joined(separator: "\n")]
    return DeliveryPayload(
      .append, body: "\n" + parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n")
  }

  package static func verdict(on answer: DeliveryAnswer, of payload: DeliveryPayload) -> DeliveryVerdict {
    answer.localVerdict(canRepeat: true)
  }
}
