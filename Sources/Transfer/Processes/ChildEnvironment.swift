internal import Glibc
internal import Values
internal import Wire

/// The environment of a child: ours, without what it must not see and with what it is to have.
struct ChildEnvironment {
  /// `NAME=value`, sorted by name; nothing here may be printed.
  let entries: [[UInt8]]

  init(ours: [[UInt8]], withheld: Set<String>, added: [String: Secret]) {
    let dropped = Set((Array(withheld) + added.keys).map { Array($0.utf8) })
    let kept = ours.filter { entry in
      guard let end = entry.firstIndex(of: UInt8(ascii: "=")) else { return false }
      return !dropped.contains(Array(entry[..<end]))
    }
    let own = added.sorted { $0.key < $1.key }.map { Array("\($0.key)=\($0.value.revealed())".utf8) }
    entries = kept + own
  }

  init(_ request: ProcessRequest) {
    self.init(ours: Self.ours(), withheld: request.withheld, added: request.environment)
  }

  private static func ours() -> [[UInt8]] {
    var entries: [[UInt8]] = []
    var place: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> = environ
    while let entry = place.pointee {
      entries.append(UnsafeBufferPointer(start: entry, count: strlen(entry)).map { UInt8(bitPattern: $0) })
      place += 1
    }
    return entries
  }
}

/// Texts as a C program takes them: pointers to zero-terminated bytes, ended by a null pointer.
struct CTexts: ~Copyable {
  private(set) var pointers: [UnsafeMutablePointer<CChar>?]

  /// Nil when one of them holds a zero byte, where it would end for the program.
  init?(_ texts: [[UInt8]]) {
    guard texts.allSatisfy({ !$0.contains(0) }) else { return nil }
    pointers = texts.map { text in
      (text + [0]).withUnsafeBytes { bytes in
        bytes.baseAddress.flatMap { strdup($0.assumingMemoryBound(to: CChar.self)) }
      }
    }
    pointers.append(nil)
  }

  deinit { for pointer in pointers { free(pointer) } }
}
