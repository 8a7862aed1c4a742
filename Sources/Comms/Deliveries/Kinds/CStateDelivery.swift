import Documents
import Incidents
import Values

/// A page of cState: one Markdown file for each incident, written anew with all its updates, the newest first.
package enum CStateDelivery: DeliveryKind {
  package static let name = "cstate"
  /// Writing the same file again changes nothing.
  package static let knowsItsKey = true
  package static let place = DeliveryPlace.folder
  package static let keys: DeliveryKeys = []
  package static let replaces = true

  package static func mark(_ unique: String) -> String? { "\(unique).md" }

  package static func payload(of message: DeliveryMessage, to destination: Destination) throws(Refusal)
    -> DeliveryPayload
  {
    guard message.occasion == .update else {
      throw Refusal("Nothing goes to a status page by itself; a person writes what readers see.")
    }
    var payload = DeliveryPayload(.write, body: page(of: message))
    payload.path = try file(of: message)
    return payload
  }

  package static func verdict(on answer: DeliveryAnswer, of payload: DeliveryPayload) -> DeliveryVerdict {
    answer.localVerdict(canRepeat: true, remoteID: payload.path)
  }

  // MARK: The file's name

  /// The name that the first delivery had; a title or a start that is corrected later makes no second page.
  private static func file(of message: DeliveryMessage) throws(Refusal) -> String {
    if let name = message.remoteID {
      guard name.hasSuffix(".md"), name.dropLast(3).utf8.allSatisfy(isNameByte) else {
        throw Refusal("\"\(Inert.terminal(name))\" is no name of a page of ours; write that page by hand.")
      }
      return name
    }
    let day = message.beginning.rfc3339.prefix(10)
    let thing = message.incident ?? "\(message.stage?.rawValue ?? "update") \(message.key)"
    return "\(day)-\(slug(message.system))-\(slug(thing)).md"
  }

  private static func slug(_ text: String) -> String {
    let words = text.lowercased().utf8.split { !isNameByte($0) || $0 == UInt8(ascii: "-") }
    let slug = words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "-").prefix(60)
    return slug.isEmpty ? "x" : String(slug)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"): true
    default: false
    }
  }

  // MARK: What stands in it

  private static func page(of message: DeliveryMessage) -> String {
    var lines = ["---", "title: \(YAMLText.quoted(message.pageName))", "date: \(stamp(message.beginning))"]
    let isOver = message.stage == .resolved
    if message.isInformational {
      lines.append("informational: true")
    } else {
      lines += ["resolved: \(isOver)"] + (isOver ? ["resolvedWhen: \(stamp(message.at))"] : [])
      lines.append("severity: \(severity(of: message))")
    }
    if !message.affected.isEmpty {
      lines.append("affected:")
      lines += message.affected.map { "  - \(YAMLText.quoted($0.onOneLine))" }
    }
    lines += ["section: issue", "---"]
    let now = DeliveryMessage.Earlier(
      at: message.at, stage: message.stage, subject: message.subject, text: message.text)
    let updates = (message.earlier + [now]).reversed().map { update($0, alone: message.isInformational) }
    return lines.joined(separator: "\n") + "\n\n" + updates.joined(separator: "\n\n") + "\n"
  }

  private static func update(_ update: DeliveryMessage.Earlier, alone: Bool) -> String {
    let text = paragraphs(update.text)
    let word = alone ? nil : update.stage.map { "*\($0.rawValue)* - " }
    return "\(word ?? "")\(text) {{< track \"\(stamp(update.at))\" >}}"
  }

  /// Line for line as it was written, none of it Markdown, HTML or a shortcode of Hugo.
  private static func paragraphs(_ text: String) -> String {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map { Inert.markdown(String($0)).replacing("{{", with: "{\\{") }
    return lines.joined(separator: "\\\n").replacing("\\\n\\\n", with: "\n\n")
  }

  private static func severity(of message: DeliveryMessage) -> String {
    switch message.severity {
    case .s1: "down"
    case .s2: "disrupted"
    case .s3, .s4, nil: "notice"
    }
  }

  /// `2026-11-21T03:06:02Z`.
  private static func stamp(_ instant: Instant) -> String { instant.rfc3339.prefix(19) + "Z" }
}

extension DeliveryMessage {
  /// Announced work changes no state on the page.
  fileprivate var isInformational: Bool {
    switch stage {
    case .investigating, .identified, .monitoring, .resolved: false
    case .announcement, .maintenance, .reply, nil: true
    }
  }

  fileprivate var beginning: Instant { started ?? earlier.first?.at ?? at }
}
