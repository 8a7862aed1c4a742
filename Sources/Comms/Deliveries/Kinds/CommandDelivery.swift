import Incidents
import Values

/// A program of the folder's: the text on its standard input, what it is about in its environment. Nothing of the text
/// is ever part of its words.
package enum CommandDelivery: DeliveryKind {
  package static let name = "command"
  package static let knowsItsKey = false
  package static let place = DeliveryPlace.words
  package static let keys: DeliveryKeys = [.on, .timeout]

  /// A variable of the environment is cut there.
  private static let longestValue = 4096

  package static func payload(of message: DeliveryMessage, to destination: Destination) throws(Refusal)
    -> DeliveryPayload
  {
    var payload = DeliveryPayload(.run, body: message.plainText + "\n")
    let values: [(String, String?)] = [
      ("KEY", message.key), ("OCCASION", message.occasion.rawValue), ("SYSTEM", message.system),
      ("INCIDENT", message.incident), ("TITLE", message.title), ("SEVERITY", message.severity?.rawValue),
      ("STAGE", message.stage?.rawValue), ("AUDIENCE", message.audience), ("SUBJECT", message.subject),
      ("NEXT_UPDATE", message.nextUpdate?.rfc3339), ("AT", message.at.rfc3339),
      ("ALERT", message.alert?.rule), ("TICKET", message.ticket),
    ]
    payload.headers = values.compactMap { name, value in
      guard let value, !value.isEmpty else { return nil }
      let line = Inert.terminal(value.onOneLine).shortened(toUnits: longestValue)
      return .init("MIDWATCH_\(name)", line)
    }
    return payload
  }

  package static func verdict(on answer: DeliveryAnswer, of payload: DeliveryPayload) -> DeliveryVerdict {
    answer.localVerdict(canRepeat: false)
  }
}
