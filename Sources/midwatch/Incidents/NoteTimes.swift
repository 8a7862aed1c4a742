import ArgumentParser
import Values

/// When what a note tells happened.
struct NoteTimes: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("When it happened: -12m, 14:03, 14:03Z, yesterday 23:50.", valueName: "time"))
  var at: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "When it ended, if it took a while: -2m, 14:10, 10m (after --at), now.", valueName: "time"))
  var until: String?

  /// Both where they were said.
  func instants(at now: Instant) throws -> (began: Instant?, ended: Instant?) {
    let began = try at.map { try CommandTime.past($0, at: now) }
    let ended = try until.map { text in
      if text == "now" { return now }
      if let span = Span(prometheus: text), span > .zero { return (began ?? now) + span }
      return try CommandTime.past(text, at: now)
    }
    return (began, ended)
  }
}
