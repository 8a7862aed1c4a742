import ArgumentParser
import Foundation
import Host
import Incidents
import Journal
import Values

struct RetroWrite: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "write", abstract: "Write a section of an incident's retro, as Markdown.",
    discussion: """
      Sections: \(RetroPart.all.map(\.name).joined(separator: ", ")), and your own, whose names begin with x_. A \
      later text takes the place of the earlier one, which stays in the journal; an empty one takes it back.
      """)

  @OptionGroup var options: StateOptions
  @Flag(help: "Write in $VISUAL or $EDITOR, beginning with what is there.") var editor = false
  @Argument(help: "INC-1.") var incident: String
  @Argument(help: "root_cause, went_well …") var section: String
  @Argument(help: "The text, or - for standard input.", completion: .none) var text: [String] = []

  func validate() throws {
    if editor, !text.isEmpty { throw ValidationError("Write it here or with --editor, not both.") }
    if !editor, text.isEmpty {
      throw ValidationError("Say what to write: a text, - for standard input, or --editor.")
    }
  }

  func run() throws {
    try Standard.telling {
      let journal = try options.open()
      let key = IncidentOptions.key(incident)
      let said = editor ? try edited(key, journal) : try read()
      guard let said else { return Standard.out("nothing was changed") }
      let act = WriteRetro(incident: key, section: section, text: said)
      try journal.perform(act, by: try options.actor(), at: Clock.now())
      let title = RetroPart(section)?.title ?? section
      Standard.out(said.hasWords ? "wrote \(title) of \(key)" : "took back \(title) of \(key)")
    }
  }

  private func read() throws -> String {
    try PipedText.read(
      text, longest: WriteRetro.longest,
      remedy: "A section has at most \(WriteRetro.longest) bytes; name a file.")
  }

  private func edited(_ key: String, _ journal: Journal) throws -> String? {
    let before = RetroPart(section).flatMap { part in
      try? journal.entity(WrittenRetro.self, key: key)?[part]?.text
    }
    return try Editor.edit(before ?? "", environment: options.environment).get()?
      .trimmingCharacters(in: .newlines)
  }
}
