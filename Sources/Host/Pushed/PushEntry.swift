import Foundation
import Values

/// What is known of one endpoint to which something is pushed.
struct PushEntry: Equatable, Sendable {
  /// When we began to listen.
  let since: Instant
  let pushed: Instant?
  let page: PushPage
  /// For how long nobody listened since then.
  private let missed: Span

  init(since: Instant, pushed: Instant? = nil, page: PushPage = .heartbeat, missed: Span = .zero) {
    self.since = since
    self.pushed = pushed
    self.page = page
    self.missed = missed
  }

  /// For how long we have listened in vain; a clock that was set back makes it nothing.
  func silence(at now: Instant) -> Span { max(.zero, now - (pushed ?? since) - missed) }

  /// Nobody listened for a while.
  func missing(_ span: Span) -> PushEntry {
    PushEntry(since: since, pushed: pushed, page: page, missed: missed + span)
  }

  /// All silence before `now` is one that nobody listened to.
  func forgettingSilence(at now: Instant) -> PushEntry {
    PushEntry(since: since, pushed: pushed, page: page, missed: max(.zero, now - (pushed ?? since)))
  }
}

/// As it is kept: a line of JSON, then the page.
extension PushEntry {
  private struct Head: Codable {
    let since: Int64
    let pushed: Int64?
    let missed: Int64
    let type: String
  }

  init?(_ bytes: [UInt8]) {
    guard let end = bytes.firstIndex(of: 10),
      let head = try? JSONDecoder().decode(Head.self, from: Data(bytes[..<end]))
    else { return nil }
    self.init(
      since: Instant(milliseconds: head.since), pushed: head.pushed.map(Instant.init(milliseconds:)),
      page: PushPage(kept: head.type, body: Array(bytes[(end + 1)...])), missed: .milliseconds(head.missed))
  }

  var bytes: [UInt8] {
    let head = Head(
      since: since.milliseconds, pushed: pushed?.milliseconds, missed: missed.milliseconds, type: page.type)
    return ((try? JSONEncoder().encode(head)).map(Array.init) ?? []) + [10] + page.body
  }
}
