import ArgumentParser
import Host
import Incidents
import Journal

struct JournalVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "journal", abstract: "Look after the record.",
    subcommands: [Verify.self, Path.self, Init.self, Backup.self, Rebuild.self, Erase.self])

  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Follow the hash chain: exit 0 intact, 2 broken, 3 cannot tell.")

    @OptionGroup var options: StateOptions
    @Option(help: ArgumentHelp("COUNT·HASH, as a bar or an export shows it.", valueName: "stamp"))
    var against: String?

    func run() throws {
      var stamp: Stamp?
      if let against {
        guard let read = Stamp(against) else {
          throw ValidationError("\(against) is no stamp; write COUNT·HASH.")
        }
        stamp = read
      }
      let file = options.journal.map { options.places.absolute($0) } ?? options.folder.journal
      let verification = Journal.verify(file: file, against: stamp)
      switch verification {
      case .intact: Standard.out(verification.description)
      case .broken, .missingTail, .damaged:
        Standard.out(verification.description)
        throw ExitCode(2)
      case .cannotTell:
        Standard.error(verification.description)
        throw ExitCode(3)
      }
    }
  }

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

  struct Backup: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Copy the journal while it is used, and check the copy.")
    @OptionGroup var options: StateOptions
    @Argument(help: "The new file.") var file: String

    func run() throws {
      try Standard.telling {
        let path = options.places.absolute(file)
        try options.open(readOnly: true).backup(to: path)
        Standard.out("wrote \(path)")
      }
    }
  }

  struct Rebuild: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make everything that is derived anew from the events.")
    @OptionGroup var options: StateOptions

    func run() throws {
      try Standard.telling {
        try options.open().rebuild()
        Standard.out("rebuilt")
      }
    }
  }

  struct Erase: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Erase what an event says, without breaking the chain.")
    @OptionGroup var options: StateOptions
    @Option(help: "Why; it stays in the journal.") var reason: String
    @Argument(help: "The event's id.") var event: String

    func run() throws {
      try Standard.telling {
        try options.open().erase(event: event, reason: reason, by: try options.actor(), at: Clock.now())
        Standard.out("erased \(event); backups made before still hold it")
      }
    }
  }
}
