import ArgumentParser
import Comms
import Host
import Incidents
import Journal
import Values

/// Where drafts are, whose folders hold their templates, and how to answer: the same for every verb about updates.
struct UpdateOptions: ParsableArguments {
  @OptionGroup var state: StateOptions
  @Option(help: ArgumentHelp("The folder of system folders.", valueName: "dir")) var playbooks: String?
  @Option(help: "How to answer.") var format = OutputFormat.table

  /// The draft of that key, `D-3`, `d-3` or `3`; throws a sentence when there is none.
  static func draft(_ text: String, in journal: Journal) throws -> Draft {
    let isNumber = !text.isEmpty && text.utf8.allSatisfy { $0 >= 48 && $0 <= 57 }
    let key = isNumber ? "D-\(text)" : text.lowercased().hasPrefix("d-") ? text.uppercased() : text
    guard let draft = try journal.entity(Draft.self, key: key), draft.begun != nil else {
      throw Refusal("There is no draft \(Inert.terminal(key)); `midwatch update list` shows them.")
    }
    return draft
  }

  /// When the next update is promised: `15m`, `14:30Z`, `tomorrow 09:00`; whole minutes, as people read them.
  static func promise(_ text: String, at now: Instant) throws -> Instant {
    wholeMinute(try CommandTime.coming(text, at: now))
  }

  static func wholeMinute(_ instant: Instant) -> Instant {
    let minutes = instant.milliseconds.addingSaturating(59_999).floorDivided(by: 60_000)
    return Instant(milliseconds: minutes.multipliedSaturating(by: 60_000))
  }

  static func stage(_ text: String) throws -> Stage {
    guard let stage = Stage.allCases.first(where: { $0.rawValue.lowercased() == text.lowercased() }) else {
      let all = Stage.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("\"\(Inert.terminal(text))\" is no stage; write one of \(all).")
    }
    return stage
  }
}
