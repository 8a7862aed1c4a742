import Incidents
import Values

/// The clipboard of whoever sits at the terminal, to paste it by hand. What a terminal or a shell would obey becomes
/// visible.
package enum ClipboardDelivery: DeliveryKind {
  package static let name = "clipboard"
  /// Copying again changes nothing.
  package static let knowsItsKey = true
  package static let place = DeliveryPlace.clipboard
  package static let keys: DeliveryKeys = []

  package static func payload(of message: DeliveryMessage, to destination: Destination) throws(Refusal)
    -> DeliveryPayload
  {
    DeliveryPayload(.copy, body: message.plainText)
  }

  package static func verdict(on answer: DeliveryAnswer, of payload: DeliveryPayload) -> DeliveryVerdict {
    answer.localVerdict(canRepeat: true)
  }
}

extension DeliveryMessage {
  /// Subject, empty line, text, without control characters.
  var plainText: String {
    [subject.onOneLine, text].filter { !$0.isEmpty }.map(Inert.terminalKeepingLines)
      .joined(separator: "\n\n")
  }
}
