import Foundation
import Glibc
import Incidents
import Journal
import Retro
import Synchronization
import TestSupport
import Testing
import Values

@testable import Host

/// The file to which retro entries are appended.
@Suite struct RetroFileTests {
  private let folder: String
  private let journal: Journal
  private static let ops1 = Actor(handle: "ops1", host: "jump2", uid: 1000)
  private let now = Instant(milliseconds: 1_795_000_000_000)

  init() throws {
    folder = FileManager.default.temporaryDirectory.path + "/midwatch-retro-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var options = JournalOptions(folder: folder + "/state", folds: Folds.all)
    options.name = "test"
    journal = try Journal(options, by: Self.ops1, at: now)
    for title in ["Reports <b>fail</b>", "Slow"] {
      try journal.perform(
        DeclareIncident(systems: ["shop"], severity: .s2, title: title, plan: IncidentPlan()), by: Self.ops1,
        at: now)
    }
    for key in ["INC-1", "INC-2"] {
      try journal.perform(
        ChangeStatus(incident: key, to: .resolved, dataLost: "no"), by: Self.ops1, at: now + .minutes(20))
    }
  }

  private var path: String { folder + "/HANDOFF.md" }

  private func append(_ key: String = "INC-1", to file: String? = nil, again: Bool = false) throws
    -> RetroFile.Outcome
  {
    try RetroEntries.append(
      key, to: file ?? path, again: again, in: journal, by: Self.ops1, at: now + .hours(1))
  }

  private func text() throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  private func recorded() throws -> Int {
    try journal.events(matching: EventQuery(kinds: [RetroAppended.kind])).count
  }

  @Test func anEntryIsAppendedOnce() throws {
    try journal.perform(
      WriteRetro(incident: "INC-1", section: "summary", text: "The *pool* was empty.\n<script>x</script>"),
      by: Self.ops1, at: now + .minutes(30))
    try journal.perform(
      AddAction("Alarm on the pool", incident: "INC-1", owner: "ops2", due: now + .days(7)), by: Self.ops1,
      at: now + .minutes(30))
    guard case .appended(let bytes) = try append() else {
      Issue.record("nothing was appended")
      return
    }
    let first = try text()
    #expect(
      first.utf8.count == bytes && first.hasPrefix("<!-- midwatch retro entry INC-1 \(journal.origin) -->\n"))
    #expect(first.contains("The *pool* was empty.") && !first.replacing(/\\./, with: "").contains("<script>"))
    #expect(
      !first.replacing(/\\./, with: "").contains("<b>")
        && first.contains("- [ ] Alarm on the pool, ops2, due "))
    #expect(first.contains("### Follow-up tasks") && !first.contains("### Root cause"))
    #expect(StampReader.stamps(in: Array(first.utf8)).map(\.stamp.origin) == [journal.origin])
    #expect(try append() == .there && text() == first && recorded() == 1)
    // Another incident's goes behind it, and another file has its own.
    guard case .appended = try append("INC-2") else { return #expect(Bool(false)) }
    #expect(try text().hasPrefix(first + "\n<!-- midwatch retro entry INC-2 "))
    guard case .appended = try append(to: folder + "/other.md") else { return #expect(Bool(false)) }
    #expect(try recorded() == 3)
    #expect(try journal.verify() == .intact(journal.head()))
  }

  @Test func whatStandsThereStays() throws {
    try "# Hand-off\r\nlast line without an end".write(toFile: path, atomically: true, encoding: .utf8)
    _ = try append()
    #expect(
      try text().hasPrefix("# Hand-off\r\nlast line without an end\n\n<!-- midwatch retro entry INC-1 "))
  }

  /// Killed between the file and the journal: the next one makes up for it, and appends nothing.
  @Test func whoeverWasStoppedBetweenAppendsNothingTwice() throws {
    let incident = try #require(try journal.entity(Incident.self, key: "INC-1"))
    let head = try journal.head()
    let entry = RetroEntry(
      incident, retro: nil, actions: [],
      stamp: RecordStamp(journal: head.name, origin: head.origin, count: head.count, head: head.hash),
      made: now)
    _ = try RetroFile(path).append(entry)
    let first = try text()
    #expect(try recorded() == 0)
    #expect(try append() == .there && text() == first && recorded() == 1)
  }

  /// The disk is full after some bytes: the file ends as it did before.
  @Test func whatDoesNotFitIsTakenBack() throws {
    try "before\n".write(toFile: path, atomically: true, encoding: .utf8)
    let incident = try #require(try journal.entity(Incident.self, key: "INC-1"))
    let entry = RetroEntry(
      incident, retro: nil, actions: [],
      stamp: RecordStamp(journal: "", origin: "", count: 1, head: ""), made: now)
    let left = Mutex(100)
    #expect(throws: Refusal("\(path) cannot be written: the disk is full.")) {
      _ = try RetroFile(path).append(entry) { descriptor, bytes in
        let count = left.withLock { left in
          defer { left = 0 }
          return left
        }
        if count == 0 {
          errno = ENOSPC
          return -1
        }
        return write(descriptor, bytes.baseAddress, count)
      }
    }
    #expect(try text() == "before\n")
  }

  @Test func manyAtOnceAppendOne() throws {
    let outcomes = Mutex<[RetroFile.Outcome]>([])
    DispatchQueue.concurrentPerform(iterations: 16) { _ in
      if let outcome = try? append() { outcomes.withLock { $0.append(outcome) } }
    }
    let all = outcomes.withLock { $0 }
    #expect(all.count == 16 && all.filter { $0 == .there }.count == 15)
    #expect(try text().components(separatedBy: "<!-- midwatch retro entry").count == 2)
    #expect(try recorded() == 1)
  }

  @Test func whatCannotBeAppendedToIsToldInASentence() throws {
    func refusal(_ file: String, _ key: String = "INC-1") -> String {
      do {
        return "\(try append(key, to: file))"
      } catch {
        return "\(error)"
      }
    }
    #expect(refusal(folder) == "\(folder) is a folder; name a file.")
    try FileManager.default.createSymbolicLink(atPath: folder + "/link", withDestinationPath: path)
    #expect(
      refusal(folder + "/link") == "\(folder)/link is a symbolic link; name the file that it leads to.")
    mkfifo(folder + "/pipe", 0o600)
    #expect(
      refusal(folder + "/pipe") == "\(folder)/pipe is no ordinary file; name one that can be appended to.")
    #expect(
      refusal(folder + "/none/x.md") == "\(folder)/none/x.md cannot be written: the folder is not there.")
    #expect(
      refusal(path, "INC-9") == "There is no incident INC-9; `midwatch incident list` shows them.")
    try journal.perform(
      DeclareIncident(systems: ["shop"], severity: .s2, title: "Now", plan: IncidentPlan()), by: Self.ops1,
      at: now)
    #expect(
      refusal(path, "INC-3") == "INC-3 is Investigating; its entry is written when it is resolved.")
    if geteuid() != 0 {
      try "x".write(toFile: path, atomically: true, encoding: .utf8)
      chmod(path, 0o400)
      #expect(refusal(path) == "\(path) cannot be written: its mode or its folder's forbids it.")
    }
    #expect(try recorded() == 0)
  }

  @Test func whatWasRemovedIsAppendedAgainOnlyWhenAsked() throws {
    _ = try append()
    try "cleared\n".write(toFile: path, atomically: true, encoding: .utf8)
    #expect(throws: Refusal.self) { _ = try append() }
    #expect(try text() == "cleared\n")
    guard case .appended = try append(again: true) else { return #expect(Bool(false)) }
    #expect(try append() == .there && recorded() == 1)
    // Half of an entry is neither there nor not: a person has to look.
    let half = try #require(try text().components(separatedBy: "<!-- end of").first)
    try half.write(toFile: path, atomically: true, encoding: .utf8)
    #expect(throws: Refusal.self) { _ = try append(again: true) }
    #expect(try text() == half)
  }
}
