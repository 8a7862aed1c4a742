import Foundation
import Host
import Incidents
import Journal
import Synchronization
import TestSupport
import Testing
import Transfer
import Values
import Watch

/// The real engine over one system folder: journal, threads, sockets and all.
final class Watcher {
  let journal: Journal
  let scribe: Scribe
  private let succession: Succession
  private let folder: String
  private let latest: Latest

  private final class Latest: Sendable {
    let snapshot = Mutex<SystemSnapshot?>(nil)
  }

  static let rules = """
    groups:
      - name: shop
        interval: 1s
        rules:
          - alert: QueueBacklog
            expr: queue_depth > 200
            labels: {severity: page}
            annotations: {summary: "{{ $value }} wait", unit: none}
    """

  init(_ system: String, rules: String = rules, in place: String? = nil) throws {
    var template = Array("/tmp/midwatch-watch-XXXXXX".utf8CString)
    try #require(mkdtemp(&template) != nil)
    folder = String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    try FileManager.default.createDirectory(atPath: folder + "/shop", withIntermediateDirectories: true)
    try ("title: Shop\nevery: 1s\n" + system).write(
      toFile: folder + "/shop/system.yaml", atomically: true, encoding: .utf8)
    try rules.write(toFile: folder + "/shop/rules.yaml", atomically: true, encoding: .utf8)
    let source = SystemSource(name: "shop", path: folder + "/shop", environment: [:], isBundled: true)
    let (_, problems) = source.load()
    try #require(problems.isEmpty, "\(problems)")
    let options = JournalOptions(folder: folder + "/state", folds: Folds.all)
    journal = try Journal(options, by: Self.actor, at: Clock.now())
    scribe = Scribe(journal)
    let latest = Latest()
    self.latest = latest
    succession = Succession(
      journal: journal, scribe: scribe, sources: [source], version: "t", mayPoll: true
    ) { news in
      if case .snapshot(let snapshot) = news { latest.snapshot.withLock { $0 = snapshot } }
    }
  }

  deinit {
    succession.stop()
    scribe.stop()
    try? FileManager.default.removeItem(atPath: folder)
  }

  static let actor = Actor(handle: "ops1", host: "h", uid: getuid())

  /// Waits for a snapshot that `pick` finds something in.
  @discardableResult
  func wait<T>(
    for what: String, seconds: Double = 40, location: SourceLocation = #_sourceLocation,
    _ pick: (SystemSnapshot) -> T?
  ) throws -> T {
    do {
      return try Condition.wait(for: what, seconds: seconds, location: location) {
        latest.snapshot.withLock { $0 }.flatMap(pick)
      }
    } catch {
      let last = latest.snapshot.withLock { $0 }
      Issue.record("the last snapshot was: \(String(describing: last))", sourceLocation: location)
      throw error
    }
  }

  func row(
    _ what: String, _ rule: String, location: SourceLocation = #_sourceLocation, _ holds: (AlertRow) -> Bool
  )
    throws
  {
    try wait(for: what, location: location) { $0.alerts.first { $0.identity.rule == rule && holds($0) } }
  }

  func remote(_ what: String, location: SourceLocation = #_sourceLocation, _ holds: (RemoteRow) -> Bool)
    throws
    -> RemoteRow
  {
    try wait(for: what, location: location) { $0.remotes.first(where: holds) }
  }

  func noRow(_ rule: String, location: SourceLocation = #_sourceLocation) throws {
    try wait(for: "no \(rule)", location: location) { snapshot in
      snapshot.alerts.contains { $0.identity.rule == rule } ? nil : true
    }
  }

  func events(_ kind: String) throws -> [Event] { try journal.events(matching: EventQuery(kinds: [kind])) }

  /// Waits until the journal has as many events of a kind.
  func events<F: Fact>(
    _ fact: F.Type, count: Int, location: SourceLocation = #_sourceLocation
  ) throws -> [F] {
    try Condition.wait(for: "\(count) events \(F.kind)", location: location) {
      let facts = try events(F.kind).compactMap { $0.fact(F.self) }
      return facts.count >= count ? facts : nil
    }
  }

  /// Somebody's act, once the journal has it.
  func act(_ act: some Act) throws {
    let done = DispatchSemaphore(value: 0)
    nonisolated(unsafe) var failure: (any Error)?
    scribe.perform(act, by: Self.actor, at: Clock.now()) { result in
      if case .failure(let error) = result { failure = error }
      done.signal()
    }
    try #require(done.wait(timeout: .now() + 20) == .success)
    if let failure { throw failure }
  }
}
