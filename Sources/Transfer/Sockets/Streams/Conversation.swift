internal import Values
internal import Wire

/// A conversation on a TCP connection as a value: it is told what happened, and says what to do.
struct Conversation {
  enum Effect: Equatable {
    case send([UInt8])
    /// Begin TLS.
    case secure
    /// All is said and read.
    case finish
    case fail(Failure.Kind, String)
  }

  private enum Stage: Equatable {
    case opening, upgrading, securing
    /// At that step.
    case talking(Int)
    case reading, over
  }

  /// What came since the steps began.
  private(set) var body: [UInt8] = []
  private let request: StreamRequest
  private let authority: String
  private var stage = Stage.opening
  private var upgrade: StartTLS?
  /// Where the part of the body begins that no step has taken.
  private var unread = 0

  init(_ request: StreamRequest, authority: String) {
    self.request = request
    self.authority = authority
    if case .startTLS(let kind) = request.security { upgrade = StartTLS(kind) }
  }

  /// How many more bytes are wanted; what is beyond them is left where it is.
  var appetite: Int { stage == .upgrading ? StartTLS.limit : max(0, request.bodyLimit - body.count) }

  /// Whether silence for ``StreamRequest/lull`` is the end of the answer.
  var endsWithQuiet: Bool { stage == .reading && request.reading == .untilQuiet && body.count > unread }

  // MARK: What happens

  /// The connection stands.
  mutating func begin() -> [Effect] {
    switch request.security {
    case .none: return talk(from: 0)
    case .immediate:
      stage = .securing
      return [.secure]
    case .startTLS:
      stage = .upgrading
      return upgrade?.begin().map { [.send($0)] } ?? []
    }
  }

  /// TLS stands.
  mutating func secured() -> [Effect] { stage == .securing ? talk(from: 0) : [] }

  mutating func receive(_ bytes: [UInt8]) -> [Effect] {
    switch stage {
    case .upgrading: return takeUpgrade(bytes)
    case .talking(let step):
      body += bytes.prefix(appetite)
      return talk(from: step)
    case .reading:
      body += bytes.prefix(appetite)
      return read()
    case .opening, .securing, .over: return []
    }
  }

  /// The other side said nothing for ``StreamRequest/lull``.
  mutating func fellQuiet() -> [Effect] { endsWithQuiet ? finish() : [] }

  /// The other side has closed.
  mutating func ended() -> [Effect] {
    switch stage {
    case .reading where body.count > unread: finish()
    case .over: []
    case .talking(let step) where !body.isEmpty:
      fail(.reset, "\(authority) closed the connection before \(awaited(step)) came")
    case .upgrading: fail(.reset, "\(authority) closed the connection when it was asked for TLS")
    case .opening, .securing, .talking, .reading:
      fail(.reset, "\(authority) closed the connection without an answer")
    }
  }

  /// The time is over. Empty where whoever asks knows best what to say.
  mutating func expire() -> [Effect] {
    switch stage {
    case .reading where body.count > unread: finish()
    case .talking(let step) where !body.isEmpty:
      fail(
        .timeout,
        "\(awaited(step)) did not come in \(request.timeout.prometheus): \(Circumstances.size(body.count)) did"
      )
    case .upgrading: fail(.timeout, "no answer to the request for TLS in \(request.timeout.prometheus)")
    default: []
    }
  }

  // MARK: What follows

  private mutating func takeUpgrade(_ bytes: [UInt8]) -> [Effect] {
    guard let upgrade = upgrade?.receive(bytes) else { return [] }
    switch upgrade {
    case .wait: return []
    case .send(let bytes): return [.send(bytes)]
    case .ready:
      stage = .securing
      return [.secure]
    case .sendAndBegin(let bytes):
      stage = .securing
      return [.send(bytes), .secure]
    case .refused(let answer):
      return fail(
        .tls, "\(authority) does not begin TLS" + (answer.isEmpty ? "" : ": \(Self.quoted(answer))"))
    case .malformed: return fail(.malformed, "the answer is not \(request.security.name)")
    case .tooMuch: return fail(.malformed, "\(authority) went on in the clear after it agreed to TLS")
    }
  }

  private mutating func talk(from first: Int) -> [Effect] {
    var effects: [Effect] = []
    var step = first
    while step < request.steps.count {
      switch request.steps[step] {
      case .send(let bytes): effects.append(.send(bytes))
      case .await(let text):
        guard let found = body[min(unread, body.count)...].firstRange(of: text) else {
          stage = .talking(step)
          if appetite > 0 { return effects }
          let limit = Circumstances.size(request.bodyLimit)
          return effects + fail(.tooLarge, "\(awaited(step)) is not in the first \(limit)")
        }
        unread = found.upperBound
      }
      step += 1
    }
    stage = .reading
    return effects + read()
  }

  private mutating func read() -> [Effect] {
    if appetite == 0 { return finish() }
    switch request.reading {
    case .nothing: return finish()
    case .untilQuiet: return []
    case .until(let marks):
      let isThere = !marks.isEmpty && marks.allSatisfy { body.firstRange(of: $0) != nil }
      return isThere ? finish() : []
    }
  }

  private mutating func finish() -> [Effect] {
    stage = .over
    return [.finish]
  }

  private mutating func fail(_ kind: Failure.Kind, _ reason: String) -> [Effect] {
    stage = .over
    return [.fail(kind, reason)]
  }

  private func awaited(_ step: Int) -> String {
    guard step < request.steps.count, case .await(let text) = request.steps[step] else { return "an answer" }
    return Self.quoted(String(decoding: text, as: UTF8.self))
  }

  private static func quoted(_ text: String) -> String {
    let cut = text.prefix(80)
    return "\"\(Inert.terminal(String(cut)))\(cut.endIndex < text.endIndex ? "…" : "")\""
  }
}

extension StreamRequest.Security {
  fileprivate var name: String {
    if case .startTLS(let upgrade) = self { upgrade.rawValue } else { "" }
  }
}
