import Glibc
import Incidents
import Systems
import Transfer
import Values
import Watch

/// Looks for the files that show that routines were done, on a thread of its own: a folder on a disk that hangs holds
/// up nobody.
package final class EvidenceReader: Sendable {
  private enum Order: Sendable {
    case look(system: String, root: String, patterns: [String: String])
    case stop
  }

  private let orders = Mailbox<Order>()
  private let worker: Worker?

  /// `tell` runs on the reader's thread, with what was found by the routine's title.
  package init(tell: @escaping @Sendable (String, [String: EvidenceFinding]) -> Void) {
    let orders = orders
    worker = Worker(name: "evidence") {
      while true {
        _ = orders.wait(timeout: nil)
        for order in orders.drain() {
          guard case .look(let system, let root, let patterns) = order else { return }
          tell(system, patterns.mapValues { Self.find($0, in: root) })
        }
      }
    }
  }

  /// From any thread; never blocks. Does nothing where no routine has evidence.
  package func look(for folder: SystemFolder, at root: String) {
    let patterns = Self.patterns(of: folder)
    guard !patterns.isEmpty else { return }
    orders.post(.look(system: folder.name, root: root, patterns: patterns))
  }

  package func stop() {
    orders.post(.stop)
    worker?.join()
  }

  private static func patterns(of folder: SystemFolder) -> [String: String] {
    var patterns: [String: String] = [:]
    for routine in folder.routines { patterns[routine.title] = routine.evidence }
    return patterns
  }

  /// All of a folder's at once, for verbs that look once; blocks.
  package static func findings(for folder: SystemFolder, at root: String) -> [String: EvidenceFinding] {
    patterns(of: folder).mapValues { find($0, in: root) }
  }

  /// The newest file that fits a pattern of the shell's, and when it was written last; blocks.
  ///
  /// - Parameter root: what a relative pattern stands on.
  package static func find(_ pattern: String, in root: String) -> EvidenceFinding {
    let whole = pattern.hasPrefix("/") ? pattern : escaped(root) + "/" + pattern
    // Up to the first part with a sign: without that folder nothing is known of what might be in it.
    let parts = pattern.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
    let plain = parts.prefix { !$0.contains(where: { "*?[\\".contains($0) }) }
    let fixed = plain.count == parts.count ? parts.dropLast() : plain[...]
    let folder = (pattern.hasPrefix("/") ? "/" : root + "/") + fixed.joined(separator: "/")
    guard access(folder, R_OK | X_OK) == 0 else {
      let why = errno == EACCES ? "may not be read" : "is not there"
      return .unknown("the folder \(fixed.isEmpty ? root : fixed.joined(separator: "/")) \(why)")
    }
    var result = glob_t()
    defer { globfree(&result) }
    switch glob(whole, 0, nil, &result) {
    case 0: break
    case GLOB_NOMATCH: return .nothing
    default: return .unknown("\(pattern) cannot be looked for")
    }
    var newest: (path: String, at: Int64)?
    for index in 0..<Int(result.gl_pathc) {
      var info = stat()
      guard let path = result.gl_pathv?[index], stat(path, &info) == 0, info.st_mode & S_IFMT == S_IFREG
      else {
        continue
      }
      let at = Int64(info.st_mtim.tv_sec) * 1000 + Int64(info.st_mtim.tv_nsec) / 1_000_000
      if newest.map({ $0.at < at }) ?? true { newest = (String(cString: path), at) }
    }
    guard let newest else { return .nothing }
    let shown =
      newest.path.hasPrefix(root + "/") ? String(newest.path.dropFirst(root.count + 1)) : newest.path
    return .newest(shown, at: Instant(milliseconds: newest.at))
  }

  /// A file that somebody gives as evidence, with its bytes; throws a sentence when it cannot be read.
  package static func keep(
    _ name: String, at path: String
  ) throws -> (evidence: RoutineDone.Evidence, bytes: [UInt8]) {
    guard let bytes = FolderReader.contents(of: path) else {
      throw Refusal("\(name) cannot be read, or is longer than \(FolderReader.maximumBytes >> 20) MiB.")
    }
    let digest = HexDigest.of(bytes)
    return (RoutineDone.Evidence(file: name, sha256: digest, bytes: bytes.count), bytes)
  }

  /// The folder's own name is none of the pattern's signs.
  private static func escaped(_ path: String) -> String {
    path.reduce(into: "") { text, character in
      if "*?[]\\".contains(character) { text += "\\" }
      text.append(character)
    }
  }
}
