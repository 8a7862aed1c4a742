internal import Values
internal import Wire

/// A question to name servers as a value: over UDP, again where no answer comes, over TCP where it does not fit.
///
/// Times are microseconds since it began.
struct NameConversation {
  enum Effect: Equatable {
    /// Over UDP, or on a connection of its own.
    case ask(server: Int, isStream: Bool, [UInt8])
    case finish(NameAnswer)
    case fail(Failure.Kind, String)
    /// No server can be reached; the last one not for this errno.
    case lost(Int32)
  }

  private let question: NameQuestion
  private let servers: [String]
  private let patience: Int
  private var isExtended = true
  private var asked = 0
  private var lost: Set<Int> = []
  /// The server that is asked over TCP, and what it said so far.
  private var stream: (server: Int, bytes: [UInt8])?
  private(set) var alarm: Int?

  /// How often each server is asked.
  static let attempts = 2

  /// - Parameters:
  ///   - servers: `127.0.0.1:53`, the one that is asked first at the front; not empty.
  ///   - timeout: of the whole.
  init(_ question: NameQuestion, servers: [String], timeout: Span) {
    self.question = question
    self.servers = servers
    let whole = Int(clamping: timeout.milliseconds.multipliedSaturating(by: 1000))
    patience = max(1, min(5_000_000, whole / max(Self.attempts, servers.count)))
  }

  mutating func begin() -> [Effect] { ask(at: 0) }

  /// Nobody answered so far.
  mutating func wake(at now: Int) -> [Effect] {
    guard let alarm, alarm <= now else { return [] }
    return ask(at: now)
  }

  mutating func receive(_ bytes: [UInt8], from server: Int, isStream: Bool, at now: Int) -> [Effect] {
    guard isStream else { return take(bytes, from: server, isStream: false) }
    guard var heard = stream?.bytes, stream?.server == server else { return [] }
    heard += bytes
    stream?.bytes = heard
    // Before each message stands its length.
    guard heard.count >= 2 else { return [] }
    let length = Int(heard[0]) << 8 | Int(heard[1])
    guard heard.count - 2 >= length else { return [] }
    return take(Array(heard[2..<2 + length]), from: server, isStream: true)
  }

  /// A server refuses, cannot be reached, or has closed.
  mutating func fail(_ server: Int, isStream: Bool, systemError: Int32, at now: Int) -> [Effect] {
    if isStream {
      guard stream?.server == server else { return [] }
      stream = nil
    }
    lost.insert(server)
    return lost.count >= servers.count ? [.lost(systemError)] : ask(at: now)
  }

  private mutating func ask(at now: Int) -> [Effect] {
    // The next in turn that is not lost; each is asked so many times.
    while asked < servers.count * Self.attempts {
      let server = asked % servers.count
      asked += 1
      guard !lost.contains(server) else { continue }
      alarm = now + patience
      return [.ask(server: server, isStream: false, question.message(isExtended: isExtended))]
    }
    alarm = nil
    return []
  }

  private mutating func take(_ bytes: [UInt8], from server: Int, isStream: Bool) -> [Effect] {
    let reply: NameReply
    do throws(MessageReader.Malformed) {
      guard let read = try NameReply(bytes, to: question) else {
        return isStream ? [.fail(.malformed, "\(name(server)) answers another question")] : []
      }
      reply = read
    } catch {
      return [.fail(.malformed, "the answer of \(name(server)) is not DNS")]
    }
    if reply.isTruncated, !isStream {
      guard stream == nil else { return [] }
      stream = (server, [])
      alarm = nil
      let message = question.message(isExtended: isExtended)
      return [
        .ask(server: server, isStream: true, NameQuestion.bytes(UInt16(clamping: message.count)) + message)
      ]
    }
    // Servers of before EDNS do not know what it is.
    if ["FORMERR", "NOTIMP"].contains(reply.answer.code), isExtended, !reply.isExtended, !isStream {
      isExtended = false
      return [.ask(server: server, isStream: false, question.message(isExtended: false))]
    }
    return [.finish(reply.answer)]
  }

  private func name(_ server: Int) -> String { server < servers.count ? servers[server] : "the server" }
}
