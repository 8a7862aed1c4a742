import Foundation
import Host
import Incidents
import Journal
import Playbooks
import Retro
import Values

/// What an export of one long incident costs, over a journal made for it: read, told, and rendered.
struct ExportMeasure {
  let events: Int

  private static let rounds = 5
  private static let start = Instant(milliseconds: 1_760_000_000_000)
  private static let actor = Actor(handle: "bench", host: "bench", uid: 1000)

  func run() throws {
    let place = NSTemporaryDirectory() + "midwatch-export-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: place) }
    let journal = try Journal(
      JournalOptions(folder: place, folds: Folds.all), by: Self.actor, at: Self.start)
    try fill(journal)
    guard let template = BuiltInRetroTemplates.template("midwatch") else {
      throw Unmeasurable("There is no template midwatch.")
    }
    for format in RetroFormat.allCases {
      let order = ExportOrder(["INC-1"], as: format, rendering: RetroRendering(template: template))
      var bytes = 0
      let seconds = try (0..<Self.rounds).map { _ in
        try Measure.waited {
          bytes = try Exporter.make(order, from: journal, at: Self.start + .days(2)).bytes.count
        }
      }
      try Measure.tell("export \(format.rawValue)", ["MB": Double(bytes) / 1e6], seconds: seconds)
    }
  }

  private struct Fill: Act {
    let entries: [Entry]

    func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
      Decision(append: entries)
    }
  }

  /// Half notes, a quarter steps, an eighth alerts that fire, an eighth alerts that recover.
  private func fill(_ journal: Journal) throws {
    _ = try journal.perform(
      DeclareIncident(systems: ["bench"], severity: .s1, title: "A long night", plans: [:]), by: Self.actor,
      at: Self.start)
    let window = 5000
    for first in stride(from: 1, to: events, by: window) {
      let entries = try (first..<min(events, first + window)).map(entry)
      let now = Self.start + .seconds(Int64(first))
      _ = try journal.perform(Fill(entries: entries), by: Self.actor, at: now)
    }
  }

  private func entry(_ number: Int) throws -> Entry {
    let at = Self.start + .seconds(Int64(number))
    switch number % 8 {
    case 0..<4:
      return Entry(
        try fact(
          NoteAdded.self,
          "{\"text\":\"Note \(number): the queue of charges is at \(number % 977) and *rises*\"}"),
        at: at, incident: "INC-1")
    case 4, 5:
      return Entry(
        try fact(
          StepChanged.self,
          "{\"run\":\"R-1\",\"step\":\"\(number % 90)\",\"title\":\"Drain | the queue\",\"to\":\"done\",\"by\":\"hand\"}"
        ),
        at: at, incident: "INC-1")
    case 6:
      let alert = AlertFired(
        system: "bench", rule: "QueueBacklog", labels: ["queue": "q\(number % 50)"], level: .warn,
        activeAt: at,
        value: 231, sign: ">", threshold: 200, unit: Figure.Unit.none, summary: "Charges pile up",
        playbook: nil,
        source: "rules.yaml:41")
      return Entry(alert, at: at)
    default:
      let alert = AlertResolved(
        system: "bench", rule: "QueueBacklog", labels: ["queue": "q\((number - 1) % 50)"],
        activeAt: at - .seconds(1), value: 12, how: .recovered)
      return Entry(alert, at: at)
    }
  }

  private func fact<F: Fact>(_ type: F.Type, _ body: String) throws -> F {
    guard let fact = FactCoding.decode(type, from: Array(body.utf8)) else {
      throw Unmeasurable("No \(F.kind) could be made of \(body).")
    }
    return fact
  }
}
