import Probes
import Serving
import Values

/// Who may push to an endpoint.
package struct PushGate: Sendable {
  /// What somebody who pushes shows.
  package enum Bearer: Sendable {
    /// He came over `engine.sock`, which only those can open who may write the journal.
    case notNeeded
    case token(String)
    case none
  }

  private let token: Secret?
  private let heldBack: String?

  init(_ endpoint: Endpoint, isTrusted: Bool) {
    heldBack = endpoint.heldBack(isTrusted: isTrusted)
    if case .bearer(let token) = endpoint.authorization { self.token = token } else { token = nil }
  }

  func admit(_ bearer: Bearer, to place: PushPlace) throws(HTTPRefusal) {
    if let heldBack {
      throw HTTPRefusal(503, "The endpoint \(place.endpoint) of \(place.system) is held back: \(heldBack).")
    }
    guard let token else { return }
    switch bearer {
    case .notNeeded: return
    case .token(let shown) where Self.isSame(shown, token.revealed()): return
    case .token, .none: throw HTTPRefusal(401, "The endpoint \(place.endpoint) wants its bearer token.")
    }
  }

  /// In a time that tells nothing of where they differ.
  private static func isSame(_ a: String, _ b: String) -> Bool {
    let (a, b) = (Array(a.utf8), Array(b.utf8))
    guard a.count == b.count else { return false }
    return zip(a, b).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
