import Synchronization
import Systems

/// The folders under watch, as the engine read them last: where deliveries get their addresses from at the moment at
/// which they go.
final class DeliveryFolders: Sendable {
  struct Known: Sendable {
    let folder: SystemFolder
    let source: SystemSource
  }

  private let known = Mutex<[String: Known]>([:])

  /// A folder that replaces another one of its name.
  func take(_ folder: SystemFolder, from source: SystemSource) {
    known.withLock { $0[folder.name] = Known(folder: folder, source: source) }
  }

  var all: [Known] { known.withLock { $0.values.sorted { $0.folder.name < $1.folder.name } } }

  /// Nil when the engine does not watch it, or has not read it yet.
  func folder(of system: String) -> Known? { known.withLock { $0[system] } }
}
