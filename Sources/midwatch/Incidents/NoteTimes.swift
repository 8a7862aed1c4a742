import ArgumentParser
import Values

/// When what a note tells happened.
struct NoteTimes: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "When it happened: 12m or -12m ago, 14:03, 14:03Z, yesterday 23:50.", valueName: "time"))
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
      if let span = Span(prometheus: text), span > .zero {
        // After a time that was told without its sign nobody can know which way this goes.
        guard let at, Span(prometheus: at).map({ $0 <= .zero }) ?? true else {
          let how = at == nil ? "there is no --at that it is after" : "--at \(at ?? "") is so long ago"
          throw ValidationError(
            "--until \(text) says two things, for \(how); write -\(text) for so long ago, or name both by the clock."
          )
        }
        return (began ?? now) + span
      }
      return try CommandTime.past(text, at: now)
    }
    return (began, ended)
  }
}
