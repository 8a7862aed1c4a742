@testable import Transfer

/// A table of files in memory: names lead to files, and a file stays while it is open.
struct FakeFiles: FileTable {
  final class File {
    let number: UInt64
    var bytes: [UInt8] = []
    var modified: Int64 = 0
    var isReadable = true
    var isRegular = true

    init(_ number: UInt64) { self.number = number }

    var status: FileStatus {
      FileStatus(
        identity: FileIdentity(device: 1, number: number), size: Int64(bytes.count), modified: modified,
        isRegular: isRegular)
    }
  }

  private(set) var names: [String: File] = [:]
  private var last: UInt64 = 0
  private var clock: Int64 = 0
  private(set) var opened = 0

  subscript(name: String) -> File? { names[name] }

  /// Appends to the file of that name; makes it where there is none.
  mutating func append(_ text: String, to name: String) {
    let file = names[name] ?? create(name)
    file.bytes += Array(text.utf8)
    touch(file)
  }

  @discardableResult
  mutating func create(_ name: String) -> File {
    last += 1
    let file = File(last)
    names[name] = file
    touch(file)
    return file
  }

  mutating func truncate(_ name: String, to text: String = "") {
    guard let file = names[name] else { return }
    file.bytes = Array(text.utf8)
    touch(file)
  }

  mutating func rename(_ name: String, to other: String) {
    names[other] = names.removeValue(forKey: name)
  }

  mutating func remove(_ name: String) { names[name] = nil }

  mutating func link(_ name: String, as other: String) { names[other] = names[name] }

  private mutating func touch(_ file: File) {
    clock += 1
    file.modified = clock
  }

  // MARK: FileTable

  /// A pattern is a beginning and a `*`.
  mutating func paths(_ pattern: String) throws(FileTrouble) -> [String] {
    if pattern == "broken*" { throw FileTrouble(reason: "broken* cannot be expanded") }
    guard pattern.hasSuffix("*") else { return names[pattern] == nil ? [] : [pattern] }
    return names.keys.filter { $0.hasPrefix(pattern.dropLast()) }.sorted()
  }

  mutating func status(of path: String) throws(FileTrouble) -> FileStatus? { names[path]?.status }

  mutating func open(_ path: String) throws(FileTrouble) -> File {
    opened += 1
    guard let file = names[path], file.isReadable else { throw FileTrouble(reason: "\(path) cannot be read") }
    return file
  }

  func status(of file: File) -> FileStatus? { file.status }

  func read(_ file: File, at offset: Int64, count: Int) -> [UInt8] {
    Array(file.bytes.dropFirst(Int(offset)).prefix(count))
  }
}
