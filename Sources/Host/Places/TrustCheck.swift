import Glibc
import Incidents
import Journal
import Systems

/// Whether a folder that starts processes or uses secrets may do so: somebody trusted it as it is now.
///
/// An engine honours its own uid's word and root's.
package enum TrustCheck {
  /// - Parameter journal: nil when there is none yet; then nothing was trusted.
  package static func isTrusted(_ folder: SystemFolder, at path: String, in journal: Journal?) -> Bool {
    folder.needsTrust.isEmpty || mayRunCommands(of: folder, at: path, in: journal)
  }

  /// As ``isTrusted(_:at:in:)`` for the commands of its playbooks, which nobody runs before these very files were
  /// trusted.
  package static func mayRunCommands(of folder: SystemFolder, at path: String, in journal: Journal?) -> Bool {
    guard let journal else { return false }
    return [getuid(), 0].contains { uid in
      let trust = try? journal.entity(Trust.self, key: "\(path)#\(uid)")
      return trust?.fact?.digest == folder.digest
    }
  }

  /// Digests of the folders that this user or root trusts, by path.
  package static func trusted(in journal: Journal) throws -> [String: String] {
    let uids = [getuid(), 0]
    return try journal.entities(Trust.self, open: true).reduce(into: [:]) { trusted, trust in
      guard let fact = trust.fact, uids.contains(fact.uid) else { return }
      trusted[fact.path] = fact.digest
    }
  }
}
