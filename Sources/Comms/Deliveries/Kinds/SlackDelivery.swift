import Incidents
import JSON

/// Slack's incoming webhooks: one text, which Slack shows as it is written.
///
/// No answer names the message, so that nothing can be changed later, and what may have arrived is not sent again.
package enum SlackDelivery: DeliveryKind {
  package static let name = "slack"
  package static let knowsItsKey = false
  package static let place = DeliveryPlace.address
  package static let keys: DeliveryKeys = [.on, .network]
  package static let limits = DeliveryLimits(text: limit)

  /// Slack cuts what is longer.
  private static let limit = 40_000

  package static func payload(of message: DeliveryMessage, to destination: Destination) throws(Refusal)
    -> DeliveryPayload
  {
    let heading = message.heading.onOneLine
    let text = escaped([heading, message.text].filter { !$0.isEmpty }.joined(separator: "\n\n"))
    guard text.utf16.count <= limit else {
      throw Refusal("Slack takes \(limit) characters, and this has \(text.utf16.count); shorten it.")
    }
    // Without markup nothing in the text becomes bold, a link with another name, or a call to everybody.
    return .json(JSONValue.members(("text", .string(text)), ("mrkdwn", .bool(false))).text)
  }

  package static func verdict(on answer: DeliveryAnswer, of payload: DeliveryPayload) -> DeliveryVerdict {
    HTTPVerdict(server: "Slack", knowsItsKey: knowsItsKey, entry: "the webhook, or its channel")
      .verdict(on: answer) { status, body in
        body.onOneLine == "ok" ? .sent(receipt: "\(status) ok", remoteID: nil) : nil
      }
  }

  /// The three characters with which Slack's control sequences begin and end, such as `<!channel>`.
  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
