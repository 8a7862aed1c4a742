/// What somebody on the way says of an echo of ours (RFC 792, RFC 4443, RFC 1812 section 5.2.7).
struct EchoComplaint: Equatable {
  let isVersion6: Bool
  let type: UInt8
  let code: UInt8
  /// Who says it, and to whom the echo went; empty where the system does not tell.
  let sender: String
  let target: String
  /// The beginning of the echo.
  let quoted: [UInt8]

  /// Whether no answer is to be expected. A router that names a shorter way has passed the echo on, and one that
  /// is short of room or wants smaller packets says nothing about the host.
  var isEnd: Bool {
    if isVersion6 { return [1, 3, 4].contains(type) }
    return type == 11 || type == 12 || type == 3 && code != 4
  }

  /// `no route to db, says 10.0.0.1`.
  func reason(host: String) -> String {
    let what =
      switch meaning {
      case .noRoute: "no route to \(host)"
      case .prohibited: "echoes to \(host) are prohibited"
      case .noEchoes: "\(host) takes no echoes"
      case .tooFar: "too many hops to \(host)"
      case .other: "no way for an echo to \(host): ICMP type \(type), code \(code)"
      }
    return sender.isEmpty ? what : "\(what), says \(sender)"
  }

  private enum Meaning { case noRoute, prohibited, noEchoes, tooFar, other }

  private var meaning: Meaning {
    switch (isVersion6, type, code) {
    case (false, 3, 0), (false, 3, 1), (false, 3, 6), (false, 3, 7), (false, 3, 11), (false, 3, 12):
      .noRoute
    case (true, 1, 0), (true, 1, 2), (true, 1, 3): .noRoute
    case (false, 3, 9), (false, 3, 10), (false, 3, 13): .prohibited
    case (true, 1, 1), (true, 1, 5), (true, 1, 6): .prohibited
    case (false, 3, 2), (false, 3, 3), (true, 1, 4): .noEchoes
    case (false, 11, 0), (true, 3, 0): .tooFar
    default: .other
    }
  }
}
