import Comms
import Incidents
import Playbooks
import Values

/// What a console reads from the journal; filled by the process that holds it.
package struct Ledger: Equatable, Sendable {
  /// Where the chain stands.
  package struct Head: Equatable, Sendable {
    /// The journal's name.
    package var name: String
    package var origin: String
    package var count: Int64
    /// Hexadecimal, whole.
    package var hash: String

    package init(name: String, origin: String, count: Int64, hash: String) {
      self.name = name
      self.origin = origin
      self.count = count
      self.hash = hash
    }
  }

  package var head: Head?
  /// Open ones first, then the recent.
  package var incidents: [Incident] = []
  /// By ``AlertIdentity/key``.
  package var alerts: [String: Alert] = [:]
  package var silences: [Silence] = []
  package var runs: [Run] = []
  package var drafts: [Draft] = []
  /// Those that are not closed, then the recent.
  package var deliveries: [DeliveryRecord] = []
  /// What is to be done so that it does not happen again; open ones and the recent.
  package var actions: [ActionItem] = []
  /// What people wrote for the focused incident's retro.
  package var written: WrittenRetro?
  /// The focused incident's events and its systems' transitions.
  package var timeline: [Event] = []
  package var timelineOf: String?
  /// Texts of the playbooks that runs were started on, by digest.
  package var snapshots: [String: String] = [:]
  /// Digests of the folders that this user or root trusts, by path.
  package var trusted: [String: String] = [:]

  package init() {}

  package func incident(_ key: String?) -> Incident? {
    key.flatMap { key in incidents.first { $0.key == key } }
  }

  /// Worst first, then the longest.
  var openIncidents: [Incident] {
    incidents.filter(\.isOpen).sorted {
      ($0.severity.rank, $0.started ?? Instant(milliseconds: 0), $0.number)
        < ($1.severity.rank, $1.started ?? Instant(milliseconds: 0), $1.number)
    }
  }

  func openIncidents(of system: String) -> [Incident] {
    openIncidents.filter { $0.systems.contains(system) }
  }
}
