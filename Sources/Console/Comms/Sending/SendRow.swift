import Comms
import Incidents
import Values

/// One place where an update can go: a delivery of the folder, or a hand.
struct SendRow: Sendable, Identifiable {
  enum Way: Sendable {
    /// Goes by itself once it is sent.
    ///
    /// One of each, or one for each recipient.
    case delivery([Parcel], [DeliveryPayload])
    /// A person puts it there; why nothing else does.
    case hand(String)
    /// Cannot go, and why.
    case refused(String)
  }

  /// The name under `deliveries`, or what the template calls it.
  let id: String
  /// `slack`, `by hand`.
  let kind: String
  /// Where that is, as it may be shown.
  let shown: String
  /// The role that has to stand for the text, and does not yet.
  var approval: String?
  let way: Way
  var isChosen: Bool

  var parcels: [Parcel] { if case .delivery(let parcels, _) = way { parcels } else { [] } }
  var isByHand: Bool { if case .hand = way { true } else { false } }

  /// Exactly what goes there, a line each.
  func payload(of text: String) -> [String] {
    switch way {
    case .delivery(let parcels, let payloads):
      zip(parcels, payloads).flatMap { parcel, payload in
        (parcel.recipient.map { ["── to \(Inert.terminal($0))"] } ?? []) + payload.lines
      }
    case .hand: Inert.terminalLines(text)
    case .refused(let why): [why]
    }
  }
}

extension DeliveryPayload {
  /// As it goes: what asks, its headers, its body.
  var lines: [String] {
    var lines: [String] = []
    switch way {
    case .http: lines.append("\(method) …\(path)")
    case .mail: break
    case .append: lines.append("added at the end of the file")
    case .write: lines.append("written to \(path)")
    case .run: lines.append("given to the command as its standard input")
    case .copy: lines.append("put into the clipboard")
    }
    lines += headers.map { "\($0.name): \($0.value)" }
    if !lines.isEmpty { lines.append("") }
    return lines.map(Inert.terminal) + Inert.terminalLines(body)
  }
}
