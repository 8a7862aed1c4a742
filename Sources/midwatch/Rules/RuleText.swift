import Foundation
import Glibc
import Values

/// A file of rules or tests as the command line names it: its text, or what is wrong with it.
struct RuleText {
  /// A file that is longer is refused.
  private static let maximumBytes = 256 << 20

  /// As the user wrote it, or as a pattern found it.
  let file: String
  let text: String?
  /// Why there is no text.
  let problem: Problem?

  init(_ file: String) {
    self.file = file
    (text, problem) = Self.read(file)
  }

  private init(_ file: String, _ handle: FileHandle) {
    self.file = file
    (text, problem) = Self.read(file, handle)
  }

  private static func read(_ file: String) -> (text: String?, problem: Problem?) {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: file, isDirectory: &isFolder)
    if isFolder.boolValue {
      return (nil, Problem("this is a folder", remedy: "name files, such as *.yml in it", file: file))
    }
    if !exists, file.contains(where: { "*?[".contains($0) }) {
      return (nil, Problem("no file matches this pattern", remedy: "check it", file: file))
    }
    guard FileManager.default.isReadableFile(atPath: file), let handle = FileHandle(forReadingAtPath: file)
    else {
      return (nil, Problem("the file cannot be opened", remedy: "check the path and its mode", file: file))
    }
    return read(file, handle)
  }

  private static func read(_ file: String, _ handle: FileHandle) -> (text: String?, problem: Problem?) {
    var status = stat()
    let expected = fstat(handle.fileDescriptor, &status) == 0 ? Int(status.st_size) : 0
    // One byte more, so that the end shows.
    var room = UnsafeMutableRawBufferPointer.allocate(
      byteCount: min(max(expected, 64 << 10), maximumBytes) + 1, alignment: 1)
    defer { room.deallocate() }
    var count = 0
    while true {
      if count == room.count {
        guard count <= maximumBytes else {
          let what = "the file is longer than \(maximumBytes >> 20) MiB"
          return (nil, Problem(what, remedy: "divide it", file: file))
        }
        let larger = UnsafeMutableRawBufferPointer.allocate(
          byteCount: min(2 * count, maximumBytes + 1), alignment: 1)
        larger.copyMemory(from: UnsafeRawBufferPointer(room))
        room.deallocate()
        room = larger
      }
      let free = UnsafeMutableRawBufferPointer(rebasing: room[count...])
      let got = Glibc.read(handle.fileDescriptor, free.baseAddress, free.count)
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else {
        return (nil, Problem("the file cannot be read", remedy: "look at the disk it is on", file: file))
      }
      if got == 0 { break }
      count += got
    }
    guard let text = String(validating: room[..<count], as: UTF8.self) else {
      return (nil, Problem("the file is not UTF-8", remedy: "save it as UTF-8", file: file))
    }
    return (text, nil)
  }

  static func standardInput() -> RuleText {
    RuleText("standard input", FileHandle.standardInput)
  }

  /// The paths that arguments mean: a path that exists is itself, else it is a pattern.
  ///
  /// One that finds nothing stays as it is, so that opening it says so.
  static func paths(_ arguments: [String]) -> [String] {
    arguments.flatMap { argument in
      FileManager.default.fileExists(atPath: argument) ? [argument] : found(argument) ?? [argument]
    }
  }

  /// What a pattern of the shell's finds, sorted; nil when it finds nothing.
  static func found(_ pattern: String) -> [String]? {
    var result = glob_t()
    defer { globfree(&result) }
    guard glob(pattern, 0, nil, &result) == 0, let paths = result.gl_pathv else { return nil }
    let names = (0..<Int(result.gl_pathc)).compactMap { index in paths[index].map { String(cString: $0) } }
    return names.isEmpty ? nil : names
  }
}
