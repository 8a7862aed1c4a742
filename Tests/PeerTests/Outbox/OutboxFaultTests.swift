import Comms
import Foundation
import Host
import Incidents
import Journal
import Systems
import TestSupport
import Testing
import Values

/// The outbox while its receivers and its own process are killed, again and again. `MIDWATCH_SENDS=1000
/// MIDWATCH_DEATHS=100 MIDWATCH_KILLS=20` for the full measure.
@Suite(.enabled(if: Peer.has("python3"), "python3 is not installed: make test-peers installs it"))
struct OutboxFaultTests {
  private static func number(_ name: String, or usual: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? usual
  }

  private static let sends = number("MIDWATCH_SENDS", or: 60)
  private static let deaths = number("MIDWATCH_DEATHS", or: 6)
  private static let kills = number("MIDWATCH_KILLS", or: 3)

  private let midwatch: Midwatch
  private let port: UInt16
  private let journal: Journal

  private var log: String { midwatch.path + "/received" }
  private var file: String { midwatch.path + "/log.md" }

  init() throws {
    // Not one that the system gives to whoever connects: while the receiver is dead somebody would take it.
    port = try #require((20_000..<32_000).map { UInt16($0) }.shuffled().first { !Net.isOpen($0) })
    midwatch = try Midwatch(
      """
      deliveries:
        hook: {webhook: "http://127.0.0.1:\(port)/hook", json: {text: "{{text}}"}}
        team: {slack: "http://127.0.0.1:\(port)/team"}
        log: {file: ../../log.md}

      """)
    try midwatch.trust()
    let actor = Actor(handle: "ops1", host: "h", uid: getuid())
    journal = try Journal(
      JournalOptions(folder: midwatch.path + "/state", folds: Folds.all), by: actor, at: Clock.now())
  }

  // MARK: Processes

  private func receiver() throws -> Child {
    let child = try Child(
      "/usr/bin/python3", [Midwatch.script("receiver.py"), "\(port)", log], environment: midwatch.environment)
    _ = try Condition.wait(for: "the receiver to listen") { Net.isOpen(port) ? true : nil }
    return child
  }

  private func agent() throws -> Child {
    try Child(
      Midwatch.binary, ["agent"], environment: midwatch.environment, in: midwatch.path,
      files: (out: midwatch.path + "/agent.out", err: midwatch.path + "/agent.err"))
  }

  // MARK: What there is

  private struct Received: Decodable {
    let path: String
    let key: String?
    let body: String
  }

  private func received() -> [Received] {
    let text = String(decoding: FileManager.default.contents(atPath: log) ?? Data(), as: UTF8.self)
    return text.split(separator: "\n").compactMap { line in
      try? JSONDecoder().decode(Received.self, from: Data(line.utf8))
    }
  }

  private func records() throws -> [DeliveryRecord] { try journal.entities(DeliveryRecord.self) }

  /// Queues so many acts, each with a text of its own, over all destinations; returns names and texts.
  private func queue(_ count: Int) throws -> [String: String] {
    let source = SystemSource(name: "shop", path: midwatch.folder, environment: [:])
    let (folder, problems) = source.load()
    try #require(!problems.contains { $0.weight == .error }, "\(problems)")
    let actor = Actor(handle: "ops1", host: "h", uid: getuid())
    var texts: [String: String] = [:]
    let acts = try (0..<count).map { number -> WaitingAct in
      let to = ["hook", "team", "log"][number % 3]
      let message = DeliveryMessage(
        key: "key-\(number)", occasion: .update, system: "shop", incident: "INC-1", title: "Packs",
        severity: .s1, stage: .investigating, subject: "Packs", text: "act-\(number)-end", at: Clock.now())
      let parcel = try folder.parcel(of: message, to: to)
      texts[parcel.name] = message.text
      return WaitingAct(QueueDelivery([parcel]), by: actor, at: Clock.now())
    }
    for result in journal.performBatch(acts) { _ = try result.get() }
    return texts
  }

  @Test(.timeLimit(.minutes(60))) func noneIsLostAndNoneGoesTwiceByItself() throws {
    let texts = try queue(Self.sends)
    var random = SplitMix64(seed: 20_261_121)
    var (server, engine) = (try receiver(), try agent())
    defer {
      engine.end()
      server.end()
    }
    // Each death and each kill comes after so much more was done, spread over all of it.
    var moments = (1...Self.deaths).map { (at: $0 * Self.sends / (Self.deaths + 1), isEngine: false) }
    moments += (1...Self.kills).map { (at: $0 * Self.sends / (Self.kills + 1), isEngine: true) }
    moments.sort { ($0.at, $0.isEngine ? 1 : 0) < ($1.at, $1.isEngine ? 1 : 0) }
    let gate = DispatchSemaphore(value: 0)
    for moment in moments {
      // Slower than this only where something hangs.
      _ = try Condition.wait(for: "\(moment.at) of \(Self.sends) to be done", seconds: 900) {
        let done = try records().count { !$0.isOpen || $0.waitsForPerson }
        return done >= moment.at ? true : nil
      }
      // Anywhere in what goes on.
      _ = gate.wait(timeout: .now() + Double(random.next() % 100) / 1000)
      if moment.isEngine {
        engine.end()
        engine = try agent()
      } else {
        server.end()
        server = try receiver()
      }
    }
    _ = try Condition.wait(for: "all of it to be sent, or a person's", seconds: 900) {
      try records().allSatisfy { !$0.isOpen || $0.waitsForPerson } ? true : nil
    }
    engine.end()
    server.end()
    try judge(texts)
    let verified = try midwatch.run("journal", "verify")
    #expect(verified.status == 0, "\(verified.out)")
  }

  private func judge(_ texts: [String: String]) throws {
    let records = try records()
    #expect(Set(records.map(\.key)) == Set(texts.keys), "none is lost")
    let received = received()
    let written = try String(contentsOfFile: file, encoding: .utf8)
    var figures: [String: Int] = [:]
    for record in records {
      let text = try #require(texts[record.key])
      let arrived =
        record.to == "log"
        ? written.components(separatedBy: text).count - 1
        : received.count { $0.path == "/\(record.to)" && $0.body.contains(text) }
      figures["\(record.to) \(record.state.rawValue)", default: 0] += 1
      figures["\(record.to) arrived \(arrived) times", default: 0] += 1
      switch (record.to, record.state) {
      case ("hook", .sent):
        // At least once, each time under the same key: the receiver can tell.
        #expect(arrived >= 1, "\(record.key)")
        let keys = Set(received.filter { $0.path == "/hook" && $0.body.contains(text) }.map { $0.key ?? "" })
        #expect(keys.count == 1 && keys.first?.contains(record.sendKey) == true, "\(keys)")
      case ("team", .sent), ("log", .sent): #expect(arrived == 1, "\(record.key) was sent \(arrived) times")
      case ("team", .unknown): #expect(arrived <= 1, "\(record.key) may have been sent twice")
      default: Issue.record("\(record.key) is \(record.state): \(record.reason ?? "")")
      }
    }
    let told = figures.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    print(
      "\(Self.sends) sends, \(Self.deaths) deaths of the receiver, \(Self.kills) kills of the engine: \(told)"
    )
  }
}

extension Net {
  /// Whether somebody takes connections there.
  fileprivate static func isOpen(_ port: UInt16) -> Bool {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }
}
