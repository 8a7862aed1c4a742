import Values

/// What the answers of an HTTP server mean where a kind does not know better.
struct HTTPVerdict {
  /// Who answers, for the sentences: `Slack`.
  let server: String
  let knowsItsKey: Bool
  /// What lets us in, for who is refused: `its token`.
  let entry: String

  /// - Parameter accepted: what a status of 200 to 299 with this body means; nil when the server does not answer so.
  func verdict(on answer: DeliveryAnswer, accepted: (Int, String) -> DeliveryVerdict?) -> DeliveryVerdict {
    switch answer {
    case .unsent(let reason): .again(reason: reason, after: nil)
    case .unheard(let reason): unheard(reason)
    case .http(let status, let after, let body) where (200...299).contains(status):
      accepted(status, body) ?? strange(status, body, after)
    case .http(let status, let after, let body): refused(status, after, body)
    case .mail, .done, .refused: .unknown(reason: "What came back is no answer of an HTTP server.")
    }
  }

  /// It went out, and no answer came.
  private func unheard(_ reason: String) -> DeliveryVerdict {
    knowsItsKey ? .again(reason: reason, after: nil) : .unknown(reason: reason)
  }

  /// It says yes in words of somebody else: a login page, a proxy.
  private func strange(_ status: Int, _ body: String, _ after: Span?) -> DeliveryVerdict {
    let reason = "It answers \(status), but not as \(server) does\(said(body)); is this its address?"
    return knowsItsKey ? .failed(reason: reason) : .unknown(reason: reason)
  }

  private func refused(_ status: Int, _ after: Span?, _ body: String) -> DeliveryVerdict {
    let said = said(body)
    switch status {
    case 300...399:
      return .failed(
        reason:
          "\(server) answers \(status), a redirect, which is not followed; write the address it leads to.")
    case 401, 403:
      return .failed(reason: "\(server) refuses us with \(status)\(said); look at \(entry).")
    case 404, 410:
      return .failed(reason: "\(server) answers \(status)\(said): what it was sent to is not there.")
    case 408, 420, 425, 429:
      return .again(reason: "\(server) asks for patience with \(status)\(said).", after: after)
    // A gateway lost what it passed on, or its answer.
    case 502, 504, 520...: return unheard("\(server) answers \(status)\(said), and may have taken it.")
    case 500...599: return .again(reason: "\(server) answers \(status)\(said).", after: after)
    case 400...499:
      return .failed(reason: "\(server) does not take it and answers \(status)\(said).")
    default: return unheard("\(server) answers \(status), which is no answer to a request.")
    }
  }

  private func said(_ body: String) -> String { Self.said(body) }

  /// `, "invalid_payload"`: the first line of what it says, as it may be shown.
  static func said(_ body: String) -> String {
    let line = body.split(whereSeparator: \.isNewline).lazy
      .map { $0.trimmingPrefix(while: \.isWhitespace) }.first { !$0.isEmpty }
    guard let line else { return "" }
    let shown = Inert.terminal(String(line.prefix(200)))
    return ", \"\(shown)\(line.count > 200 ? "…" : "")\""
  }
}

extension DeliveryAnswer {
  /// What a file, a program or the clipboard answers.
  ///
  /// - Parameter canRepeat: whether doing it again does no harm.
  func localVerdict(canRepeat: Bool, remoteID: String? = nil) -> DeliveryVerdict {
    switch self {
    case .done(let words): .sent(receipt: words, remoteID: remoteID)
    case .refused(let reason): canRepeat ? .again(reason: reason, after: nil) : .failed(reason: reason)
    case .unsent(let reason): .again(reason: reason, after: nil)
    case .unheard(let reason): canRepeat ? .again(reason: reason, after: nil) : .unknown(reason: reason)
    case .http, .mail: .unknown(reason: "What came back is an answer of a server, and none was asked.")
    }
  }
}
