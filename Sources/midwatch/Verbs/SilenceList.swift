import Alerting
import ArgumentParser
import Host
import Incidents
import Journal
import Metrics
import Values

struct SilenceList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List silences with the alerts that they hide, soonest end first.")

  @OptionGroup var options: StateOptions
  @Flag(help: "Those that are over, too.") var all = false
  @Option(help: "How to answer.") var format = OutputFormat.table

  private struct Document: Encodable {
    var schema = "midwatch.silences/1"
    let silences: [SilenceReport]
  }

  func run() throws {
    try Standard.telling {
      let journal = try options.open(readOnly: true)
      let now = Clock.now()
      let reports = try journal.entities(Silence.self, open: all ? nil : true)
        .compactMap { try SilenceReport($0, in: journal, at: now) }
        .filter { all || $0.state != .expired }.sorted { ($0.end, $0.silence) < ($1.end, $1.silence) }
      if format == .json { return try Standard.json(Document(silences: reports)) }
      guard !reports.isEmpty else { return Standard.out("Nothing is silenced.") }
      Standard.out(
        Columns.text(
          reports.map {
            [$0.silence, $0.state.rawValue, $0.system, $0.hides, $0.time(at: now), $0.text, $0.why]
          }))
    }
  }
}

/// One silence as the command line tells of it.
struct SilenceReport: Encodable {
  let silence: String
  let system: String
  let state: Silence.State
  let matchers: [String]
  let start: Instant
  let end: Instant
  let by: String
  let comment: String
  /// Keys of the alerts that fire and match.
  let alerts: [String]

  /// Nil for one whose body was erased.
  init?(_ silence: Silence, in journal: Journal, at now: Instant) throws {
    guard let fact = silence.fact, let end = silence.end else { return nil }
    self.silence = silence.key
    system = fact.system
    state = silence.state(at: now)
    matchers = fact.matchers
    start = fact.start
    self.end = end
    by = silence.by ?? ""
    comment = fact.comment
    alerts =
      state == .active
      ? try SilenceMatchers(stored: fact.matchers).map {
        try Self.affected(by: $0, of: fact.system, in: journal)
      } ?? []
      : []
  }

  /// Keys of the firing alerts of a system that match, in order.
  static func affected(by matchers: SilenceMatchers, of system: String, in journal: Journal) throws
    -> [String]
  {
    try journal.entities(Alert.self, open: true).compactMap(\.identity)
      .filter { $0.system == system && matchers.matches(Labels($0.labels)) }.map(\.key).sorted()
  }

  var text: String { matchers.joined(separator: ", ") }
  var why: String { "\(by): \(comment)" }
  var hides: String { state == .active ? "hides \(alerts.count)" : "" }

  func time(at now: Instant) -> String {
    switch state {
    case .pending: "begins \(start.dateClockUTC) in \((start - now).short)"
    case .active:
      "ends \(end.dateClockUTC) in \((end - now).short)\(end - now < .minutes(10) ? ", soon" : "")"
    case .expired: "ended \(end.dateClockUTC)"
    }
  }
}
