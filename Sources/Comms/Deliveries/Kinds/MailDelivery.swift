import Incidents
import Values

/// A mail by SMTP. The payload is the whole message; its `Message-ID` comes from the act's key, so that a mailbox can
/// tell a mail that came twice, and what follows about the same incident is an answer to the first.
package enum MailDelivery: DeliveryKind {
  package static let name = "smtp"
  package static let knowsItsKey = true
  package static let place = DeliveryPlace.mailServer
  package static let keys: DeliveryKeys = [.people, .login, .encryption, .on, .network]
  package static let requiredKeys: DeliveryKeys = [.people]

  package static func mark(_ unique: String) -> String? { "<\(unique)@midwatch.invalid>" }

  package static func payload(of message: DeliveryMessage, to destination: Destination) throws(Refusal)
    -> DeliveryPayload
  {
    guard let from = destination.from.flatMap({ MailAddress($0) }) else {
      throw Refusal("The delivery \(Inert.terminal(destination.name)) has no sender; name one under `from`.")
    }
    guard !destination.to.isEmpty else {
      throw Refusal(
        "The delivery \(Inert.terminal(destination.name)) goes to nobody; name somebody under `to`.")
    }
    let id = "<\(MailText.atoms(message.key))@\(from.domain)>"
    let subject = subject(of: message)
    var mail = MailText()
    mail.add("Date", words: [MailText.date(message.at)])
    mail.add("From", words: from.words)
    mail.add("To", addresses: try addresses(destination.to))
    if !destination.cc.isEmpty { mail.add("Cc", addresses: try addresses(destination.cc)) }
    mail.add("Message-ID", words: [id])
    if let first = message.remoteID.flatMap(messageID) {
      mail.add("In-Reply-To", words: [first])
      mail.add("References", words: [first])
    }
    mail.add("Subject", text: subject)
    // Nobody's answering machine is to answer what nobody wrote (RFC 3834, 5).
    if message.occasion != .update { mail.add("Auto-Submitted", words: ["auto-generated"]) }
    var payload = DeliveryPayload(.mail, body: mail.message(message.text))
    payload.subject = subject
    payload.id = id
    return payload
  }

  package static func verdict(on answer: DeliveryAnswer, of payload: DeliveryPayload) -> DeliveryVerdict {
    switch answer {
    case .mail(let code, let line):
      let said = Inert.terminal(line.onOneLine)
      switch code {
      case 250...259: return .sent(receipt: said, remoteID: payload.id)
      case 400...499: return .again(reason: "The mail server asks for patience: \(said).", after: nil)
      case 530, 534, 535, 538:
        return .failed(reason: "The mail server does not let us in: \(said); look at user, password and tls.")
      case 500...599: return .failed(reason: "The mail server does not take it: \(said).")
      default: return .unknown(reason: "The mail server answers what means nothing at the end: \(said).")
      }
    case .unsent(let reason), .unheard(let reason): return .again(reason: reason, after: nil)
    case .http, .done, .refused: return .unknown(reason: "What came back is no answer of a mail server.")
    }
  }

  /// Who gets it, as the server is told: `bcc` too. Nil where somebody's address is none.
  package static func envelope(of destination: Destination) -> (from: String, to: [String])? {
    guard let from = destination.from.flatMap({ MailAddress($0) }) else { return nil }
    let all = destination.to + destination.cc + destination.bcc
    let recipients = all.compactMap { MailAddress($0)?.mailbox }
    return recipients.count == all.count && !all.isEmpty ? (from.mailbox, recipients.uniqued) : nil
  }

  private static func subject(of message: DeliveryMessage) -> String {
    let heading = message.heading.onOneLine
    switch message.occasion {
    case .update: return heading
    case .fired, .acknowledged, .resolved, .reminded: return "[\(message.occasion.rawValue)] \(heading)"
    }
  }

  private static func addresses(_ texts: [String]) throws(Refusal) -> [MailAddress] {
    var addresses: [MailAddress] = []
    for text in texts {
      guard let address = MailAddress(text) else {
        throw Refusal("\"\(Inert.terminal(text))\" is no mail address; write one such as ops@example.com.")
      }
      addresses.append(address)
    }
    return addresses
  }

  /// What an earlier mail was called, if it can stand in a header.
  private static func messageID(_ text: String) -> String? {
    let inner = text.dropFirst().dropLast()
    let isOne =
      text.hasPrefix("<") && text.hasSuffix(">") && text.utf8.count <= 900 && inner.contains("@")
      && inner.utf8.allSatisfy {
        (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">")
      }
    return isOne ? text : nil
  }
}
