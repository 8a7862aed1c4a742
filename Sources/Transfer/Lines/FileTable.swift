/// What a follower of files needs of a file system.
protocol FileTable {
  /// Stays that of the file that was opened, whatever becomes of its name.
  associatedtype File

  /// What a pattern names now, sorted; a path without wildcards names itself, if it is there.
  mutating func paths(_ pattern: String) throws(FileTrouble) -> [String]
  /// Of what the path leads to; nil when it leads nowhere.
  mutating func status(of path: String) throws(FileTrouble) -> FileStatus?
  mutating func open(_ path: String) throws(FileTrouble) -> File
  func status(of file: File) -> FileStatus?
  /// Less than `count` bytes only where the file ends.
  func read(_ file: File, at offset: Int64, count: Int) -> [UInt8]
}

/// What a file is, whatever it is called.
struct FileIdentity: Hashable {
  let device: UInt64
  let number: UInt64
}

struct FileStatus: Hashable {
  let identity: FileIdentity
  let size: Int64
  /// Of the last change, in nanoseconds.
  let modified: Int64
  /// Not a folder, a pipe or a device.
  let isRegular: Bool
}

/// Why a file cannot be followed; a whole phrase.
struct FileTrouble: Error, Hashable {
  let reason: String
}
