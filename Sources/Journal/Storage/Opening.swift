import GRDB
import Incidents
import Values

/// Finds out what a file is, and makes, migrates or refuses it.
struct Opening {
  struct Opened {
    let connections: Connections
    let origin: String
    let name: String
    let notice: String?
  }

  private let options: JournalOptions
  private let actor: Actor
  private let now: Instant

  init(_ options: JournalOptions, by actor: Actor, at now: Instant) {
    self.options = options
    self.actor = actor
    self.now = now
  }

  private var path: String { options.file }

  func run() throws(JournalError) -> Opened {
    try Journal.refuseNetworkFilesystem(path)
    if options.readOnly { return try read(notice: nil) }
    try options.folder.create(group: options.group)
    return try options.folder.exclusively { () throws(JournalError) in
      try options.folder.createFile(path)
      let notice: String?
      do {
        notice = try prepare(DatabaseQueueProbe.state(of: path))
      } catch {
        throw JournalError(error, at: path)
      }
      if let notice { return try read(notice: notice) }
      return try write()
    }
  }

  /// Brings the file to our schema; the sentence says why it can only be read.
  private func prepare(_ state: Schema.State) throws -> String? {
    switch state {
    case .current: return nil
    case .empty:
      try create()
      return nil
    case .newer(let found):
      return """
        \(path) has schema \(found), which a newer midwatch made (this one knows \(Schema.version)); it is open \
        for reading only, update midwatch to write.
        """
    case .older(let found):
      try Migration(path: path, folder: options.folder, from: found).run()
      return nil
    case .foreign:
      throw JournalError(.damaged, "\(path) is not a journal; name another file or move it away.")
    }
  }

  private func create() throws {
    let connections = try Connections(path: path, readOnly: false)
    guard let writer = connections.writer else { return }
    let origin = Hex.text(Transaction.randomBytes())
    try writer.writeWithoutTransaction { db in
      try db.inTransaction(.immediate) {
        try db.execute(sql: Schema.creation)
        try Meta.origin.set(origin, db)
        try Meta.name.set(options.name, db)
        try Meta.epoch.set(0, db)
        let transaction = try Transaction(db, origin: origin, types: options.folds, cache: FoldCache())
        let fact = JournalOpened(midwatch: options.midwatch, schema: Schema.version, name: options.name)
        let act = AppendFact(Entry(fact, at: now))
        _ = try transaction.perform(WaitingAct(act, by: actor, at: now))
        _ = try transaction.finish()
        return .commit
      }
    }
  }

  private func write() throws(JournalError) -> Opened {
    do {
      let connections = try Connections(path: path, readOnly: false)
      guard let writer = connections.writer else { return try read(notice: nil) }
      let notice = try writer.writeWithoutTransaction { db -> String? in
        if let newer = try Progress.newer(options.folds, db) { return newer }
        let origin = try Meta.origin.text(db) ?? ""
        if try Progress.isComplete(options.folds, db) { return nil }
        try db.inTransaction(.immediate) {
          let transaction = try Transaction(db, origin: origin, types: options.folds, cache: FoldCache())
          _ = try transaction.finish()
          return .commit
        }
        return nil
      }
      if let notice { return try read(notice: notice) }
      return try described(connections, notice: nil)
    } catch {
      throw JournalError(error, at: path)
    }
  }

  private func read(notice: String?) throws(JournalError) -> Opened {
    guard StateFolder.exists(path) else {
      throw JournalError(.absent, "There is no journal at \(path); name one with --state or --journal.")
    }
    do {
      let connections = try Connections(path: path, readOnly: true)
      let state = try connections.read { try Schema.state(of: $0) }
      switch state {
      case .empty, .foreign:
        throw JournalError(.damaged, "\(path) is not a journal; name another file.")
      case .newer(let found) where notice == nil:
        let sentence = "\(path) has schema \(found), which a newer midwatch made; what it added is not shown."
        return try described(connections, notice: sentence)
      default:
        return try described(connections, notice: notice)
      }
    } catch {
      throw JournalError(error, at: path)
    }
  }

  private func described(_ connections: Connections, notice: String?) throws -> Opened {
    try connections.read { db in
      guard let origin = try Meta.origin.text(db) else {
        throw JournalError(.damaged, "\(path) does not say its origin; restore the newest backup.")
      }
      return Opened(
        connections: connections, origin: origin, name: try Meta.name.text(db) ?? "journal", notice: notice)
    }
  }
}

/// Looks at a file before anything in it is changed.
enum DatabaseQueueProbe {
  static func state(of path: String) throws -> Schema.State {
    var configuration = Configuration()
    configuration.busyMode = .timeout(Connections.patience)
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    return try queue.unsafeRead { try Schema.state(of: $0) }
  }
}

/// The journal's own events: appended as they are, nothing to decide.
struct AppendFact: Act {
  let entry: Entry

  init(_ entry: Entry) {
    self.entry = entry
  }

  func decide(by actor: Actor, at now: Instant, in record: some Incidents.Record) throws -> Decision {
    Decision(append: [entry])
  }
}
