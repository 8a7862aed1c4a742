import Alerting
import ArgumentParser
import Host
import Incidents
import Journal
import Values

struct SilenceAdd: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Silence the alerts of a system that match.",
    discussion: """
      Matchers are Alertmanager's: alertname=QueueBacklog 'queue=~"bill.*"'. A word without an operator is an \
      alert's name. With --dry-run it only says what would be hidden.
      """)

  @OptionGroup var options: StateOptions
  @Option(help: "Whose alerts; default the only system under watch.") var system: String?
  @Option(
    name: .customLong("for"), parsing: .unconditional,
    help: ArgumentHelp("How long, or until when: 2h, 06:00, 06:00Z, tomorrow 06:00.", valueName: "time"))
  var length = "1h"
  @Option(parsing: .unconditional, help: ArgumentHelp("From when; default now.", valueName: "time"))
  var from: String?
  @Option(help: "Why; everybody sees it beside the alert.") var comment: String?
  @Flag(help: "Yes, every alert of the system.") var everything = false
  @Flag(name: .customLong("dry-run"), help: "Say what it would hide, and change nothing.") var dryRun = false
  @Option(help: "How to answer.") var format = OutputFormat.table
  @Argument(help: "What to silence.") var matchers: [String]

  private struct Document: Encodable {
    var schema = "midwatch.silence/1"
    let silence: String?
    let system: String
    let matchers: [String]
    let start: Instant
    let end: Instant
    let alerts: [String]
  }

  func run() throws {
    let now = Clock.now()
    let start = try from.map { try CommandTime.coming($0, at: now) } ?? now
    let end = try CommandTime.coming(length, from: max(start, now), at: now)
    let chosen = try parsed()
    guard dryRun || comment?.contains(where: { !$0.isWhitespace }) == true else {
      throw ValidationError("A silence needs a comment; write --comment WHY.")
    }
    try Standard.telling {
      let journal = try options.open(readOnly: dryRun)
      let system = try systemMeant(in: journal)
      guard dryRun || everything || !chosen.matchesEverything else {
        throw Refusal(
          "This hides every alert of \(system), whatever fires; --everything says that it is meant.")
      }
      let affected = try SilenceReport.affected(by: chosen, of: system, in: journal)
      var key: String?
      if !dryRun {
        let act = SetSilence(
          system: system, matchers: chosen.texts, start: start > now ? start : nil, end: end,
          comment: comment ?? "")
        let events = try journal.perform(act, by: try options.actor(), at: now)
        key = events.compactMap { $0.fact(SilenceSet.self)?.silence }.first
      }
      if format == .json {
        return try Standard.json(
          Document(
            silence: key, system: system, matchers: chosen.texts, start: max(start, now), end: end,
            alerts: affected))
      }
      let what = affected.count == 1 ? "1 alert that fires now" : "\(affected.count) alerts that fire now"
      let from = start > now ? "from \(start.dateClockUTC) " : ""
      Standard.out("\(key ?? "it would be a silence that") hides \(what), \(from)until \(end.dateClockUTC)")
      for alert in affected { Standard.out("  " + Inert.terminal(alert)) }
    }
  }

  private func parsed() throws -> SilenceMatchers {
    let texts = matchers.map { text in
      text.contains(where: { "=~{".contains($0) }) ? text : "alertname=\(text)"
    }
    do throws(SilenceMatchers.Objection) {
      return try SilenceMatchers(texts.joined(separator: ", "))
    } catch {
      throw ValidationError(error.sentence)
    }
  }

  private func systemMeant(in journal: Journal) throws -> String {
    let known = try journal.entities(LoadedSystem.self).map(\.key).sorted()
    if let system {
      guard known.contains(system) else {
        throw Refusal("No system \(system) was ever watched; there is \(known.joined(separator: ", ")).")
      }
      return system
    }
    guard let only = known.first, known.count == 1 else {
      throw Refusal(
        known.isEmpty
          ? "No system was ever watched with this journal."
          : "Say whose alerts with --system: \(known.joined(separator: ", ")).")
    }
    return only
  }
}
