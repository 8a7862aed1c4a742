import Comms
import Foundation
import Incidents
import Journal
import Systems
import Testing
import Values

@testable import Host

/// A journal, a trusted system folder, and runners over them, one after another.
final class OutboxBench {
  let folder: TestFolder
  let journal: Journal
  let scribe: Scribe
  let source: SystemSource
  let folders = DeliveryFolders()
  private var runner: DeliveryRunner?
  private(set) var epoch: Int64 = 0

  /// - Parameter deliveries: lines under `deliveries:`.
  init(
    _ deliveries: String, environment: [String: String] = [:], secrets: String = "", isTrusted: Bool = true
  ) throws {
    folder = try TestFolder()
    journal = try folder.journal()
    scribe = Scribe(journal)
    try folder.write("title: Shop\n\(secrets)deliveries:\n\(deliveries)", to: "shop/system.yaml")
    source = SystemSource(name: "shop", path: folder.path + "/shop", environment: environment)
    try reload()
    if isTrusted { try trust() }
  }

  deinit {
    runner?.stop()
    scribe.stop()
  }

  /// Reads the folder as the engine does.
  func reload(_ text: String? = nil) throws {
    if let text { try folder.write(text, to: "shop/system.yaml") }
    let (read, problems) = source.load()
    try #require(!problems.contains { $0.weight == .error }, "\(problems)")
    folders.take(read, from: source)
  }

  var system: SystemFolder {
    get throws { try #require(folders.folder(of: "shop")).folder }
  }

  func trust() throws {
    let act = TrustSystem(system: "shop", path: source.path, digest: try system.digest)
    try journal.perform(act, by: TestFolder.actor, at: Clock.now())
  }

  /// Begins a new engine's term, with a runner.
  func start(policy: RetryPolicy = RetryPolicy(first: .milliseconds(20), longest: .milliseconds(100))) throws
  {
    runner?.stop()
    epoch = try journal.takeEpoch(by: Identity.engine(), at: Clock.now(), pid: getpid())
    runner = DeliveryRunner(
      .init(
        journal: journal, scribe: scribe, epoch: epoch, version: "test", folders: folders, policy: policy,
        grace: .milliseconds(200)))
  }

  func stop() {
    runner?.stop()
    runner = nil
  }

  /// Queues a text; returns the delivery's name.
  @discardableResult
  func queue(
    _ text: String, to name: String, key: String? = nil, incident: String = "INC-1"
  ) throws -> String {
    let message = DeliveryMessage(
      key: key ?? UUID().uuidString.lowercased(), occasion: .update, system: "shop", incident: incident,
      title: "Packs",
      severity: .s1, stage: .investigating, subject: "Packs", text: text, at: Clock.now())
    let parcel = try system.parcel(of: message, to: name)
    try perform(QueueDelivery([parcel]))
    return parcel.name
  }

  @discardableResult
  func perform(_ act: any Act) throws -> [Event] {
    defer { runner?.look() }
    return try journal.perform(act, by: TestFolder.actor, at: Clock.now())
  }

  func state(_ name: String) throws -> DeliveryRecord {
    try #require(try journal.entity(DeliveryRecord.self, key: name))
  }

  @discardableResult
  func wait(
    for name: String, _ what: String, location: SourceLocation = #_sourceLocation,
    _ holds: (DeliveryRecord) -> Bool
  ) throws -> DeliveryRecord {
    try Condition.wait(for: "\(name) to be \(what)", patience: .seconds(40), location: location) {
      let record = try state(name)
      return holds(record) ? record : nil
    }
  }

  func wait(
    for name: String, _ state: DeliveryRecord.State, location: SourceLocation = #_sourceLocation
  ) throws -> DeliveryRecord {
    try wait(for: name, state.rawValue, location: location) { $0.state == state }
  }
}
