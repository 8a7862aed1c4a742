import ArgumentParser
import Foundation
import Host
import Incidents
import Journal
import Values

/// Where the journal is and who acts: the same everywhere.
struct StateOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The folder that holds the journal.", valueName: "dir"))
  var state: String?

  @Option(help: ArgumentHelp("The journal itself, if it is called something else.", valueName: "file"))
  var journal: String?

  @Option(
    name: .customLong("as"), help: ArgumentHelp("Who acts; default your login name.", valueName: "handle"))
  var handle: String?

  var environment: [String: String] { ProcessInfo.processInfo.environment }
  var places: Places { Places(environment: environment) }

  func actor() throws -> Actor { try Identity.actor(handle: handle, environment: environment) }

  /// - Parameter create: whether a missing journal is begun; readers say that there is none instead.
  func open(readOnly: Bool = false, folder: String? = nil) throws -> Journal {
    var options =
      journal.map { JournalOptions(file: places.absolute($0), folds: Folds.all) }
      ?? JournalOptions(folder: folder ?? places.state(option: state), folds: Folds.all)
    options.readOnly = readOnly
    options.midwatch = Version.text
    return try Journal(options, by: try actor(), at: Clock.now())
  }

  /// Whether there is a journal: for verbs that need none.
  var hasJournal: Bool {
    let file = journal.map { places.absolute($0) } ?? places.state(option: state) + "/journal.db"
    return FileManager.default.fileExists(atPath: file)
  }

  /// The folder that holds the journal, and the engine's lock and socket.
  var folder: StateFolder {
    journal.map { JournalOptions(file: places.absolute($0), folds: []).folder }
      ?? StateFolder(places.state(option: state))
  }
}
