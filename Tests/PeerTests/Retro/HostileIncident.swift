import Foundation
import Host
import Incidents
import Journal
import Playbooks
import Retro
import Testing
import Values

/// An incident in a journal of its own with hostile words in its title, notes, steps, alerts and reasons; exported by
/// what `midwatch export` calls.
struct HostileIncident {
  /// Those that a spreadsheet might take for more than text, and those that might end a field or a row.
  static let words = [
    "plain", "=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1+1", " =1+1", "＝1+1", "a,b", "a;b",
    "say \"x\"", "one\ntwo", "one\r\ntwo", "=HYPERLINK(\"http://a.example\",\"x\")", "\u{1B}[31m",
    "a\u{202E}b", "日本 é", "\",=1+1,\"", "\"\r\n=1+1,", "x\"\u{301},=1+1",
    String(repeating: "=A1,\"", count: 5000),
  ]

  private static let start = Instant(milliseconds: 1_795_230_333_000)
  private let journal: Journal
  private let place: String

  init() throws {
    place = NSTemporaryDirectory() + "midwatch-hostile-\(UUID().uuidString)"
    let actor = Actor(handle: "ops1", host: "jump2", uid: 1000)
    journal = try Journal(JournalOptions(folder: place, folds: Folds.all), by: actor, at: Self.start)
    _ = try journal.perform(
      DeclareIncident(systems: ["packs"], severity: .s1, title: Self.words[2], plans: [:]), by: actor,
      at: Self.start)
    var entries: [Entry] = []
    for (number, words) in Self.words.enumerated() {
      let at = Self.start + .seconds(Int64(number) * 10 + 1)
      entries.append(Entry(try Self.fact(NoteAdded.self, ["text": words]), at: at, incident: "INC-1"))
      let step = ["run": "R-1", "step": "1", "title": words, "to": "skipped", "by": "hand", "reason": words]
      entries.append(Entry(try Self.fact(StepChanged.self, step), at: at + .seconds(1), incident: "INC-1"))
      let alert = AlertFired(
        system: "packs", rule: words, labels: ["queue": words], level: .page, activeAt: at, value: 0.5,
        sign: ">", threshold: 0.1, unit: .ratio, summary: words, playbook: nil, source: nil)
      entries.append(Entry(alert, at: at + .seconds(2)))
    }
    try write(entries, by: actor)
    let notes = try journal.events(matching: EventQuery(incident: "INC-1", kinds: [NoteAdded.kind]))
    try write(
      zip(notes, Self.words).map { note, words in
        Entry(
          try Self.fact(EventRetracted.self, ["target": note.id, "reason": words]),
          at: Self.start + .seconds(900), incident: "INC-1")
      }, by: actor)
  }

  func remove() { try? FileManager.default.removeItem(atPath: place) }

  /// As `midwatch export INC-1 --format` writes it.
  func export(_ format: RetroFormat) throws -> [UInt8] {
    let template = try #require(BuiltInRetroTemplates.template("midwatch"))
    let order = ExportOrder(["INC-1"], as: format, rendering: RetroRendering(template: template))
    return try Exporter.make(order, from: journal, at: Self.start + .hours(2)).bytes
  }

  private struct Writing: Act {
    let entries: [Entry]

    func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
      Decision(append: entries)
    }
  }

  private func write(_ entries: [Entry], by actor: Actor) throws {
    _ = try journal.perform(Writing(entries: entries), by: actor, at: Self.start + .seconds(1000))
  }

  private static func fact<F: Fact>(_ type: F.Type, _ body: [String: String]) throws -> F {
    let bytes = Array(try JSONSerialization.data(withJSONObject: body))
    return try #require(FactCoding.decode(type, from: bytes))
  }
}
