import Incidents
import Playbooks
import Values

/// Lines about commands of steps, and about what steps leave in force.
extension Timeline {
  /// - Parameter started: the commands whose start was told before, by their ids.
  static func commandWording(_ event: Event, started: [String: CommandStarted]) -> Wording? {
    if let fact = event.fact(CommandStarted.self) {
      let place = fact.target.map { " on \($0)" } ?? ""
      let how: String
      switch fact.mode {
      case .once: how = ""
      case .check: how = " as a check"
      case .background: how = " beside the other steps"
      case .terminal: how = " in the terminal"
      }
      return Wording(
        .plain, "$", "runs", "\(fact.step) \(line(fact.command))\(place)\(how)",
        detail: "In \(fact.cwd):\n\(fact.command)")
    }
    if let fact = event.fact(CommandFinished.self) {
      let command = started[fact.started].map { ": \(line($0.command))" } ?? ""
      let lines = fact.digest == nil ? "" : fact.lines == 1 ? "1 line" : "\(fact.lines) lines"
      let told = [
        end(fact), Span.milliseconds(fact.tookMs).short, lines,
        fact.tries.map { $0 > 1 ? "\($0) tries" : "" } ?? "",
        (fact.output?.sha256 ?? fact.digest).map { "sha256 \($0.prefix(8))…" } ?? "",
      ].filter { !$0.isEmpty }
      let whole = (fact.output?.sha256 ?? fact.digest).map { "sha256 \($0)" }
      let cut = fact.truncated ? "The middle of its output is not kept." : nil
      let detail = [started[fact.started]?.command, fact.reason, whole, cut].compactMap { $0 }
      return Wording(
        fact.succeeded ? .good : fact.cause == .cancelled || fact.cause == .closed ? .plain : .bad,
        fact.succeeded ? "✓" : fact.cause == .cancelled || fact.cause == .closed ? "·" : "✖", "ran",
        "\(fact.step) \(told.joined(separator: ", "))\(command)",
        detail: detail.isEmpty ? nil : detail.joined(separator: "\n"))
    }
    if let fact = event.fact(CommandLost.self) {
      let command = started[fact.started].map { " \(line($0.command))" } ?? ""
      return Wording(.unknown, "?", "ran", "\(fact.step)\(command): outcome unknown\(reason(fact.reason))")
    }
    if let fact = event.fact(EffectSet.self) {
      return Wording(.warn, "▲", "in force", "\(fact.step) \(fact.what); undo: \(fact.undo)")
    }
    if let fact = event.fact(EffectUndone.self) {
      return Wording(.good, "✓", "undone", "\(fact.step) \(fact.what)\(reason(fact.reason))")
    }
    return nil
  }

  /// What was attached as evidence.
  static func evidenceWording(_ event: Event) -> Wording? {
    event.fact(EvidenceAttached.self).map { fact in
      let lines = fact.from.lines == 1 ? "1 line" : "\(fact.from.lines) lines"
      let part = fact.from.part == .ends ? ", beginning and end" : ""
      let told = [fact.from.end, lines + part, "sha256 \(fact.blob.sha256.prefix(8))…"]
      return Wording(
        .note, "◇", "evidence", "\(fact.what): \(line(fact.from.text)), \(told.joined(separator: ", "))",
        detail: [
          fact.from.text, "\(fact.from.run), run by \(fact.from.by) at \(fact.from.at.dateClockUTC).",
          "sha256 \(fact.blob.sha256), \(fact.blob.bytes) bytes",
        ].joined(separator: "\n"))
    }
  }

  /// Series that were copied into the journal.
  static func seriesWording(_ event: Event) -> Wording? {
    event.fact(EvidenceSampled.self).map { fact in
      let series = fact.series == 1 ? "1 series" : "\(fact.series) series"
      let samples = fact.samples == 1 ? "1 sample" : "\(fact.samples) samples"
      var told = ["\(fact.system): \(series), \(samples)"]
      if let left = fact.leftOutSeries { told.append("\(left) series left out") }
      if let left = fact.leftOutSamples { told.append("\(left) samples left out") }
      var detail = ["From \(fact.from.dateClockUTC) until \(fact.until.dateClockUTC)."]
      detail += fact.rules.map { "\($0.rule): \($0.expr)" }
      let endpoints = fact.endpoints.map(\.endpoint).joined(separator: ", ")
      if !endpoints.isEmpty { detail.append("Endpoints: \(endpoints)") }
      if let blob = fact.blob { detail.append("sha256 \(blob.sha256), \(blob.bytes) bytes") }
      detail += fact.missing ?? []
      return Wording(
        fact.leftOutSeries != nil || fact.leftOutSamples != nil || fact.missing != nil ? .unknown : .plain,
        "·",
        "series", told.joined(separator: ", "), detail: detail.joined(separator: "\n"))
    }
  }

  /// How it ended, in a few words.
  static func end(_ fact: CommandFinished) -> String {
    if fact.cause == .unable { return "could not be started" }
    return fact.phrase + (fact.cause == nil ? fact.meaning.map { " (\($0))" } ?? "" : "")
  }

  /// A command on one line.
  static func line(_ command: String) -> String {
    let lines = command.split(whereSeparator: \.isNewline)
    let first = lines.first.map(String.init) ?? ""
    return lines.count > 1 ? "\(first) …" : first
  }
}
