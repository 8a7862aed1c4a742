import Values

/// What a probe wants done, by the way in which it goes out. Transfer performs it; what comes back is an
/// ``Outcome`` whichever way it went.
package enum Plan: Hashable, Sendable {
  case http(Request)
  /// A conversation on a TCP connection, with or without TLS.
  case stream(StreamRequest)
  /// A question to a name server.
  case name(NameRequest)
  /// An ICMP echo.
  case echo(EchoRequest)
  /// A process of ours.
  case process(ProcessRequest)
  /// What was added to some logs since the last time.
  case lines(LineRequest)
  /// Nothing goes out: what was pushed to us since the last time.
  case pushed(PushedRequest)

  /// How long it may take.
  package var timeout: Span {
    switch self {
    case .http(let request): request.timeout
    case .stream(let request): request.timeout
    case .name(let request): request.timeout
    case .echo(let request): request.timeout
    case .process(let request): request.timeout
    case .lines(let request): request.timeout
    case .pushed: .zero
    }
  }
}

extension Plan {
  /// The same on a connection of its own, with each hop written down.
  package var traced: Plan {
    guard case .http(var request) = self else { return self }
    request.isTraced = true
    request.freshConnection = true
    return .http(request)
  }
}
