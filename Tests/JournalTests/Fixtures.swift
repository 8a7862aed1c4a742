import Glibc
import Incidents
import Journal
import Values

/// A folder of its own for one test, removed when the test ends.
final class Scratch {
  let path: String

  init() throws {
    var template = Array("/tmp/midwatch-journal-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Refusal("No scratch folder could be made.") }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    Self.remove(path)
  }

  private static func remove(_ path: String) {
    if let folder = opendir(path) {
      while let entry = readdir(folder) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != ".", name != ".." { remove(path + "/" + name) }
      }
      closedir(folder)
      rmdir(path)
    } else {
      unlink(path)
    }
  }

  var folder: StateFolder { StateFolder(path + "/state") }
  var file: String { folder.journal }

  func open(
    folds: [any Fold.Type] = [Counter.self, Notes.self], readOnly: Bool = false
  ) throws(JournalError) -> Journal {
    var options = JournalOptions(folder: folder.path, folds: folds)
    options.readOnly = readOnly
    options.midwatch = "0.1"
    options.name = "test"
    return try Journal(options, by: ops1, at: instant(0))
  }
}

let ops1 = Actor(handle: "ops1", host: "jump2", uid: 1000)
let engine = Actor(handle: Actor.engineHandle, host: "jump2", uid: 1000)

/// Seconds after an arbitrary beginning.
func instant(_ seconds: Int64) -> Instant { Instant(milliseconds: 1_700_000_000_000 + seconds * 1000) }

/// Repeatable random numbers (SplitMix64, Steele, Lea and Flood 2014).
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
