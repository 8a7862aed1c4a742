internal import Wire

/// How a protocol that begins in the clear is asked for TLS (RFC 3207, 2595, 4217, 4511; PostgreSQL's and MySQL's
/// SSLRequest).
struct StartTLS {
  enum Step: Equatable {
    case wait
    case send([UInt8])
    /// Behind which TLS begins without an answer.
    case sendAndBegin([UInt8])
    /// TLS may begin.
    case ready
    /// With what it said.
    case refused(String)
    case malformed
    /// Something came in the clear behind the agreement: whoever sent it is not the one who agreed.
    case tooMuch
  }

  private enum Stage { case greeting, capabilities, answer }

  /// Bytes that a server may say before TLS.
  static let limit = 16 << 10

  private let kind: StreamRequest.Upgrade
  private var stage = Stage.greeting
  private var pending: [UInt8] = []
  private var taken = 0
  private var isOffered = false

  init(_ kind: StreamRequest.Upgrade) {
    self.kind = kind
  }

  /// What we say first; nil where the server does.
  mutating func begin() -> [UInt8]? {
    let first: [UInt8]? =
      switch kind {
      case .postgres: BinaryStartTLS.postgresRequest
      case .ldap: BinaryStartTLS.ldapRequest
      case .smtp, .imap, .pop3, .ftp, .mysql: nil
      }
    if first != nil { stage = .answer }
    return first
  }

  mutating func receive(_ bytes: [UInt8]) -> Step {
    pending += bytes
    taken += bytes.count
    guard taken <= Self.limit else { return .malformed }
    switch kind {
    case .postgres: return BinaryStartTLS.postgres(pending)
    case .ldap: return BinaryStartTLS.ldap(pending)
    case .mysql: return BinaryStartTLS.mysql(pending)
    case .smtp, .imap, .pop3, .ftp: break
    }
    while let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
      let line = String(decoding: pending[..<end].filter { $0 != UInt8(ascii: "\r") }, as: UTF8.self)
      pending.removeFirst(end + 1)
      let step = take(line)
      guard step == .wait else { return step == .ready && !pending.isEmpty ? .tooMuch : step }
    }
    return .wait
  }

  private mutating func take(_ line: String) -> Step {
    switch kind {
    case .smtp: takeSMTP(line)
    case .ftp: takeFTP(line)
    case .imap: takeIMAP(line)
    case .pop3: takePOP3(line)
    case .postgres, .mysql, .ldap: .malformed
    }
  }

  private mutating func takeSMTP(_ line: String) -> Step {
    guard let (code, isLast) = Self.code(of: line) else { return .malformed }
    switch stage {
    case .greeting:
      guard code == 220 else { return .refused(line) }
      return isLast ? go(.capabilities, "EHLO localhost") : .wait
    case .capabilities:
      guard code == 250 else { return .refused(line) }
      if line.dropFirst(4).uppercased() == "STARTTLS" { isOffered = true }
      guard isLast else { return .wait }
      return isOffered ? go(.answer, "STARTTLS") : .refused("")
    case .answer: return isLast ? (code == 220 ? .ready : .refused(line)) : .wait
    }
  }

  private mutating func takeFTP(_ line: String) -> Step {
    // Between the first and the last line of an answer anything may stand.
    guard let (code, isLast) = Self.code(of: line), isLast else { return .wait }
    switch stage {
    case .greeting, .capabilities: return code == 220 ? go(.answer, "AUTH TLS") : .refused(line)
    case .answer: return code == 234 ? .ready : .refused(line)
    }
  }

  private mutating func takeIMAP(_ line: String) -> Step {
    let words = line.split(separator: " ", maxSplits: 2).map { $0.uppercased() }
    guard words.count >= 2 else { return .malformed }
    switch stage {
    case .greeting, .capabilities:
      return words[0] == "*" ? (words[1] == "OK" ? go(.answer, "a1 STARTTLS") : .refused(line)) : .malformed
    case .answer:
      if words[0] == "*" { return .wait }
      guard words[0] == "A1" else { return .malformed }
      return words[1] == "OK" ? .ready : .refused(line)
    }
  }

  private mutating func takePOP3(_ line: String) -> Step {
    guard line.hasPrefix("+OK") else { return line.hasPrefix("-ERR") ? .refused(line) : .malformed }
    return stage == .greeting ? go(.answer, "STLS") : .ready
  }

  private mutating func go(_ next: Stage, _ command: String) -> Step {
    stage = next
    return .send(Array("\(command)\r\n".utf8))
  }

  /// `250-SIZE` is one line of several, `250 SIZE` the last.
  private static func code(of line: String) -> (code: Int, isLast: Bool)? {
    let digits = line.utf8.prefix(3)
    guard digits.count == 3, digits.allSatisfy({ (0x30...0x39).contains($0) }), let code = Int(line.prefix(3))
    else { return nil }
    let mark = line.utf8.dropFirst(3).first ?? UInt8(ascii: " ")
    guard mark == UInt8(ascii: " ") || mark == UInt8(ascii: "-") else { return nil }
    return (code, mark == UInt8(ascii: " "))
  }
}
