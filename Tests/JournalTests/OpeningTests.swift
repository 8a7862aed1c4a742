import Foundation
import GRDB
import Glibc
import Incidents
import Testing
import Values

@testable import Journal

@Suite("Opening, backing up, migrating") struct OpeningTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  func mode(_ path: String) -> mode_t {
    var info = stat()
    return stat(path, &info) == 0 ? info.st_mode & 0o7777 : 0
  }

  @Test func filesAreTheirOwnersAlone() throws {
    let journal = try scratch.open()
    try journal.perform(Say("x"), by: ops1, at: instant(1))
    #expect(mode(scratch.folder.path) == 0o700)
    for suffix in ["", "-wal", "-shm"] { #expect(mode(scratch.file + suffix) == 0o600) }
  }

  @Test func aFolderOpenToItsGroupSharesItsFiles() throws {
    try scratch.folder.create(group: getgid())
    let journal = try scratch.open()
    try journal.perform(Say("x"), by: ops1, at: instant(1))
    #expect(mode(scratch.folder.path) == 0o2770)
    for suffix in ["", "-wal", "-shm"] { #expect(mode(scratch.file + suffix) == 0o660) }
  }

  @Test func everyCommitIsFlushed() throws {
    let connections = try scratch.open().connections
    let writer = try #require(connections.writer)
    let pragmas = try writer.writeWithoutTransaction { db in
      [
        try String.fetchOne(db, sql: "PRAGMA synchronous"),
        try String.fetchOne(db, sql: "PRAGMA journal_mode"),
      ]
    }
    #expect(pragmas == ["2", "wal"])
  }

  @Test func aNewerSchemaIsOnlyRead() throws {
    do {
      let journal = try scratch.open()
      try journal.perform(Raise(), by: ops1, at: instant(1))
    }
    try DatabaseQueue(path: scratch.file).writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA user_version = \(Schema.version + 1)")
    }
    let journal = try scratch.open()
    #expect(journal.isReadOnly)
    #expect(journal.notice?.contains("schema \(Schema.version + 1)") == true)
    #expect(try journal.entity(Counter.self, key: "a")?.value == 1)
    let error = #expect(throws: JournalError.self) { try journal.perform(Raise(), by: ops1, at: instant(2)) }
    #expect(error?.kind == .readOnly)
    #expect(error?.sentence == journal.notice)
    #expect(journal.verify() == .intact(try journal.head()))
  }

  @Test func readOnlyNeitherMakesNorWrites() throws {
    let absent = #expect(throws: JournalError.self) { try scratch.open(readOnly: true) }
    #expect(absent?.kind == .absent)
    #expect(!StateFolder.exists(scratch.folder.path))
    let writing = try scratch.open()
    let reading = try scratch.open(readOnly: true)
    #expect(reading.isReadOnly && reading.notice == nil)
    try writing.perform(Raise(), by: ops1, at: instant(1))
    #expect(try reading.entity(Counter.self, key: "a")?.value == 1)
    #expect(try reading.head() == writing.head())
    #expect(throws: JournalError.self) { try reading.perform(Raise(), by: ops1, at: instant(1)) }
    #expect(throws: JournalError.self) { try reading.saveUnsent("k", text: "t", at: instant(1)) }
    #expect(throws: JournalError.self) { try reading.rebuild() }
  }

  @Test func aReaderWithOtherFoldsMakesThemInMemory() throws {
    let writing = try scratch.open(folds: [Counter.self])
    try writing.perform(Say("one", incident: "INC-1"), by: ops1, at: instant(1))
    let reading = try scratch.open(readOnly: true)
    #expect(try reading.entity(Notes.self, key: "INC-1")?.texts == ["one"])
    try writing.perform(Say("two", incident: "INC-1"), by: ops1, at: instant(2))
    #expect(try reading.entities(Notes.self, open: true).map(\.texts) == [["one", "two"]])
    #expect(try reading.entities(Notes.self, open: false).isEmpty)
  }

  @Test func otherFilesAreLeftAlone() throws {
    try scratch.folder.create()
    let text = Data("Dear diary, this is not a database at all.".utf8)
    try text.write(to: URL(fileURLWithPath: scratch.file))
    let error = #expect(throws: JournalError.self) { try scratch.open() }
    #expect(error?.kind == .damaged)
    #expect(try Data(contentsOf: URL(fileURLWithPath: scratch.file)) == text)
    unlink(scratch.file)
    try DatabaseQueue(path: scratch.file).write { try $0.execute(sql: "CREATE TABLE diary (page TEXT)") }
    #expect(throws: JournalError.self) { try scratch.open() }
    #expect(throws: JournalError.self) { try scratch.open(readOnly: true) }
    let tables = try DatabaseQueue(path: scratch.file).read {
      try String.fetchAll($0, sql: "SELECT name FROM sqlite_schema")
    }
    #expect(tables == ["diary"])
  }

  @Test func aBackupIsAWholeJournal() throws {
    let journal = try scratch.open()
    var say = Say("see")
    say.attached = [UInt8](repeating: 0x63, count: 9 << 20)
    say.digest = Blobs.digest(say.attached ?? [])
    let event = try #require(try journal.perform(say, by: ops1, at: instant(1)).first)
    let copy = scratch.path + "/copy.db"
    let head = try journal.backup(to: copy)
    #expect(try head == journal.head())
    #expect(mode(copy) == 0o600)
    #expect(Journal.verify(file: copy, against: head.stamp) == .intact(head))
    #expect(!StateFolder.exists(copy + "-wal"))
    let opened = try Journal(JournalOptions(file: copy, folds: [Notes.self]), by: ops1, at: instant(2))
    #expect(try opened.blob(sha256: Blobs.digest(say.attached ?? [])) == say.attached)
    #expect(throws: JournalError.self) { try journal.backup(to: copy) }
    #expect(throws: JournalError.self) { try journal.backup(to: scratch.path + "/nowhere/copy.db") }
    #expect(try journal.erase(event: event.id, reason: "r", by: ops1, at: instant(3)).backups == [copy])
  }

  @Test func aJournalThatDoesNotVerifyIsNotBackedUp() throws {
    let journal = try scratch.open()
    try journal.perform(Say("x"), by: ops1, at: instant(1))
    try DatabaseQueue(path: scratch.file).writeWithoutTransaction {
      try $0.execute(sql: "DROP TRIGGER event_update; UPDATE event SET actor = 'x' WHERE seq = 2")
    }
    let copy = scratch.path + "/copy.db"
    #expect(throws: JournalError.self) { try journal.backup(to: copy) }
    #expect(!StateFolder.exists(copy) && !StateFolder.exists(copy + ".partial"))
  }

  @Test func aMigrationTakesTheLockAndKeepsACopy() throws {
    let head = try scratch.open().head()
    let lock = EngineLock(scratch.folder)
    #expect(try lock.tryAcquire())
    let migration = Migration(path: scratch.file, folder: scratch.folder, from: 1)
    let steps = ["CREATE TABLE later (x INTEGER) STRICT"]
    let error = #expect(throws: JournalError.self) { try migration.run(steps) }
    #expect(error?.kind == .busy)
    lock.release()
    try migration.run(steps)
    #expect(Journal.verify(file: scratch.file + ".schema1") == .intact(head))
    let found = try DatabaseQueue(path: scratch.file).read { db in
      [
        try Int.fetchOne(db, sql: "PRAGMA user_version"),
        try Int.fetchOne(db, sql: "SELECT count(*) FROM later"),
      ]
    }
    #expect(found == [2, 0])
    #expect(throws: JournalError.self) {
      try Migration(path: scratch.file, folder: scratch.folder, from: 7).run(steps)
    }
  }

  @Test func manyOpenAtOnceMakeOneJournal() async throws {
    let scratch = scratch
    let folder = scratch.folder.path
    let origins = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<8 {
        group.addTask {
          let options = JournalOptions(folder: folder, folds: [Counter.self])
          return try Journal(options, by: ops1, at: instant(0)).origin
        }
      }
      return try await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(origins.count == 1)
    #expect(try scratch.open(folds: [Counter.self]).head().count == 1)
  }

  @Test(arguments: [
    ("/home/ops/state", "ext4"), ("/mnt/nfs/a", "nfs4"), ("/mnt/nfsx", "ext4"), ("/mnt/a b/c", "cifs"),
    ("/mnt/nfs/local", "tmpfs"), ("/mnt/nfs", "nfs4"),
  ])
  func theFilesystemIsThatOfTheLongestMount(_ path: String, _ type: String) {
    let mounts = """
      22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
      30 22 0:40 / /mnt/nfs rw - ext4 /dev/sdb rw
      31 22 0:41 / /mnt/nfs rw shared:3 master:2 - nfs4 server:/x rw
      32 31 0:42 / /mnt/nfs/local rw - tmpfs tmpfs rw
      33 22 0:43 / /mnt/a\\040b rw - cifs //server/x rw
      broken line
      """
    #expect(NetworkFilesystem.type(of: path, in: mounts) == type)
  }

  @Test(arguments: [
    ("nfs", true), ("nfs4", true), ("cifs", true), ("smb3", true), ("fuse.sshfs", true), ("fuseblk", true),
    ("ext4", false), ("tmpfs", false), ("fusectl", false), ("overlay", false),
  ])
  func networkFilesystemsAreRefused(_ type: String, _ isRefused: Bool) throws {
    #expect((NetworkFilesystem(type: type) != nil) == isRefused)
  }
}
