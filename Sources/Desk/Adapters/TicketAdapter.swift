import Incidents
import JSON
import Values

/// A kind of house that tickets come from and go to: one file each, one line in ``TicketAdapters``.
package protocol TicketAdapter: Sendable {
  /// The key under `tickets.source`.
  static var name: String { get }
  /// What is sent to hear the list; `place` is the folder's, `cursor` what the page before said.
  static func list(_ place: String?, cursor: String?) -> TicketRequest?
  /// What is sent for an errand. Throws why it cannot be.
  static func request(_ errand: TicketErrand, by call: TicketCall) throws(Refusal) -> TicketRequest
  /// What came back well, or why it is none.
  static func document(_ answer: TicketAnswer) -> Result<JSONValue, TicketFailure>
  /// How an operation is done where the folder does not say; nil: not at all.
  static func usual(_ operation: TicketOperation) -> TicketCall?
}

/// Every kind that there is.
package enum TicketAdapters {
  package static let all: [any TicketAdapter.Type] = [
    CommandTickets.self, HTTPTickets.self, CallableTickets.self,
  ]

  package static func named(_ name: String) -> (any TicketAdapter.Type)? { all.first { $0.name == name } }
}

/// What is sent, without addresses and secrets.
package enum TicketRequest: Equatable, Sendable {
  /// - Parameters:
  ///   - key: for a header, where the same request may come twice.
  ///   - body: JSON; nil for none.
  case http(method: String, path: String, key: String?, body: String?)
  /// Words of a program, and its standard input.
  case run(words: [String], input: String)
}

package enum TicketAnswer: Equatable, Sendable {
  case http(status: Int, type: String?, body: [UInt8])
  /// A program that ended well.
  case output([UInt8])
}

/// Why another house did not do what it was asked.
package struct TicketFailure: Error, Equatable, Sendable {
  package enum Kind: Sendable {
    /// Another try may help.
    case passing
    /// No try will.
    case lasting
    /// Nobody can tell whether it was done.
    case unknown
  }

  package let kind: Kind
  /// A phrase: `the function says NOT_FOUND: "No such ticket." (status 404)`.
  package let reason: String

  package init(_ kind: Kind, _ reason: String) {
    self.kind = kind
    self.reason = reason
  }
}

extension TicketFailure {
  /// What a status means where nothing else is said.
  static func of(status: Int, _ body: [UInt8]) -> TicketFailure {
    let text = String(decoding: body.prefix(400), as: UTF8.self)
    let line = text.split(whereSeparator: \.isNewline).first ?? ""
    let said = line.isEmpty ? "" : ": \"\(Inert.terminal(String(line.prefix(160))))\""
    let kind: Kind =
      switch status {
      case 408, 425, 429, 500, 503: .passing
      case 502, 504, 520...: .unknown
      case 300..<500: .lasting
      default: .passing
      }
    return TicketFailure(kind, "it answers \(status)\(said)")
  }
}
