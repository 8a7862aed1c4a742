import Foundation
import Host
import Incidents
import Journal
import Systems
import Values

/// The folders of an incident's systems, as far as they are here: what severities mean and promise.
struct IncidentFolders {
  /// In the order of the systems; the first leads.
  let folders: [SystemFolder]
  /// Where they lie, by name.
  let sources: [String: SystemSource]
  /// Systems without a folder here.
  let missing: [String]

  /// - Parameter journal: where trust is looked up; secrets that a trusted folder takes from files and commands are
  ///   read then. Nil reads none.
  init(_ systems: [String], playbooks: String?, secretsFor journal: Journal? = nil) throws {
    var folders: [SystemFolder] = []
    var sources: [String: SystemSource] = [:]
    var missing: [String] = []
    for system in systems {
      var options = try SystemOptions.parse([system])
      options.playbooks = playbooks
      guard let source = try? options.sources().first else {
        missing.append(system)
        continue
      }
      let (folder, problems) = source.load { folder in
        guard journal != nil, TrustCheck.isTrusted(folder, at: source.path, in: journal) else { return [:] }
        return SecretReader(folder: source.path).read(folder.secrets).values
      }
      if problems.contains(where: { $0.weight == .error }) {
        Standard.error(
          "\(source.path) has errors, and what it promises may be incomplete; `midwatch validate "
            + "\(source.path)` shows them.")
      }
      folders.append(folder)
      sources[folder.name] = source
    }
    self.folders = folders
    self.sources = sources
    self.missing = missing
  }

  /// The first system's ladder, cadence and names; of each clock the earliest that any of them promises.
  var plans: [Severity: IncidentPlan] {
    guard let first = folders.first else { return [:] }
    return Dictionary(
      uniqueKeysWithValues: Severity.allCases.map { severity in
        var plan = first.plan(for: severity)
        for other in folders.dropFirst() { plan.tighten(by: other.plan(for: severity)) }
        return (severity, plan)
      })
  }

  /// Told on standard error, for clocks that nobody starts are clocks that nobody misses.
  func tellMissing(so what: String = "it promises nothing") {
    for system in missing {
      Standard.error(
        "There is no folder of \(Inert.terminal(system)) here, so that \(what); --playbooks names one.")
    }
  }
}
