import ArgumentParser
import Foundation
import Host
import Incidents
import Journal
import Values

struct JournalBackup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup", abstract: "Copy the journal while it is used, and check the copy.")
  @OptionGroup var options: StateOptions
  @Argument(help: "The new file.") var file: String

  func run() throws {
    try Standard.telling {
      let path = options.places.absolute(file)
      // A copy is noted in the journal's file, so that an erasure can name it; where nothing can be written it is not.
      let source = options.journal.map { options.places.absolute($0) } ?? options.folder.journal
      let canWrite = FileManager.default.isWritableFile(atPath: source)
      let journal = try options.open(readOnly: !canWrite)
      let head = try journal.backup(to: path)
      Standard.out(
        "wrote \(Inert.terminal(path)): \(head.count) events, head \(head.hash.prefix(8)), checked")
      if journal.isReadOnly {
        Standard.error("the journal cannot be written here, so an erasure will not name this copy")
      }
    }
  }
}

struct JournalRebuild: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rebuild", abstract: "Make everything that is derived anew from the events.",
    discussion: "Says what was otherwise than its events say: nothing, unless somebody changed the file.")
  @OptionGroup var options: StateOptions

  /// So many are named.
  private static let most = 20

  func run() throws {
    try Standard.telling {
      let changed = try options.open().rebuild()
      Standard.out(
        changed.isEmpty ? "rebuilt; nothing was otherwise" : "rebuilt; \(changed.count) were otherwise:")
      for entity in changed.prefix(Self.most) { Standard.out("  \(Inert.terminal(entity))") }
      if changed.count > Self.most { Standard.out("  and \(changed.count - Self.most) more") }
    }
  }
}

struct JournalErase: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "erase", abstract: "Erase what an event says, without breaking the chain.",
    discussion: "The event's id stands in `midwatch timeline --format json`. It cannot be undone.")
  @OptionGroup var options: StateOptions
  @Option(help: "Why; it stays in the journal.") var reason: String
  @Argument(help: "The event's id.") var event: String

  func run() throws {
    try Standard.telling {
      let erasure = try options.open().erase(
        event: event, reason: reason, by: try options.actor(), at: Clock.now())
      let parts = erasure.event.fact(EventErased.self)?.parts ?? []
      let blobs = parts.filter { $0.hasPrefix("blob:") }.count
      let beside = blobs == 0 ? "" : " and \(blobs) long text\(blobs == 1 ? "" : "s") that only it named"
      Standard.out("erased what \(event) says\(beside); that it was stays, and why it is gone")
      for id in erasure.amendments {
        Standard.out("\(id) says it in other words; erase that, too, if they name the same")
      }
      for path in erasure.backups {
        Standard.out("\(Inert.terminal(path)) is a backup made before, and still holds it")
      }
      if !erasure.isCompacted {
        Standard.error(
          "another process uses the journal, so the text can be in its log until the last one of them ends"
        )
      }
      Standard.out("What was exported, sent or copied elsewhere is out of reach.")
    }
  }
}
