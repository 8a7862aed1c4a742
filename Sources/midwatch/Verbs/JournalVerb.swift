import ArgumentParser
import Host
import Incidents
import Journal

struct JournalVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "journal", abstract: "Look after the record.",
    subcommands: [
      JournalVerify.self, Path.self, Init.self, JournalBackup.self, JournalRebuild.self, JournalErase.self,
    ])

  struct Path: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Say where the journal is.")
    @OptionGroup var options: StateOptions

    func run() throws {
      Standard.out(options.journal.map { options.places.absolute($0) } ?? options.folder.journal)
    }
  }

  struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Begin a journal; with --group, one that a group shares.")
    @OptionGroup var options: StateOptions
    @Option(help: "The group whose members may read and write it.") var group: String?

    func run() throws {
      try Standard.telling {
        if let group { try options.folder.create(group: try Identity.groupID(of: group)) }
        let journal = try options.open()
        Standard.out("\(journal.path) is ready, origin \(journal.origin)")
      }
    }
  }
}
