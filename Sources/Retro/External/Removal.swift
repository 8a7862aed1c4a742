import Comms
import Desk
import Incidents
import Playbooks

/// Something that an export for readers outside does not say, and how much of it.
package struct Removal: Codable, Equatable, Sendable {
  /// `notes`, `names of people in texts`.
  package let what: String
  package let count: Int

  /// Those of several exports together, by their words.
  package static func sum(_ all: [Removal]) -> [Removal] {
    var counts: [String: Int] = [:]
    for one in all { counts[one.what, default: 0] += one.count }
    return counts.map { Removal(what: $0, count: $1) }.sorted { $0.what < $1.what }
  }

  /// What events of a kind are called among what was left out; kinds that nobody knows by their own name.
  static func words(for kind: String) -> String {
    switch kind {
    case NoteAdded.kind: "notes"
    case AlertFired.kind, AlertResolved.kind: "alerts"
    case AlertAcknowledged.kind, AlertUnacknowledged.kind: "acknowledgements"
    case EndpointChanged.kind, RemoteChanged.kind: "changes of endpoints and servers"
    case IncidentRoleTaken.kind: "roles and hand-overs"
    case IncidentDecided.kind: "decisions"
    case IncidentLinked.kind, IncidentUnlinked.kind: "links"
    case EvidenceAttached.kind, EvidenceSampled.kind: "pieces of evidence"
    case RetroWritten.kind: "sections of the retro that are for the house"
    case EventAmended.kind, EventRetracted.kind, EventPinned.kind, EventErased.kind: "amendments and marks"
    case ExportMade.kind: "exports"
    default: group(of: kind)
    }
  }

  /// By the noun of a kind.
  private static func group(of kind: String) -> String {
    switch kind.prefix(while: { $0 != "." }) {
    case "run", "step": "entries of playbook runs"
    case "command": "commands and their output"
    case "effect": "temporary changes"
    case "ticket": "links to tickets"
    case "draft": "drafts"
    case "delivery": "deliveries"
    case "clock": "deadlines"
    case "silence", "maintenance": "silences and maintenance"
    case "action": "action items"
    case "incident": kind.hasPrefix("incident.task") ? "tasks" : "entries of the kind \(kind)"
    default: "entries of the kind \(kind)"
    }
  }

  static func words(for matter: Redaction.Matter) -> String {
    switch matter {
    case .name: "names of people in texts"
    case .host: "hosts in texts"
    case .address: "addresses in texts"
    case .mail: "e-mail addresses in texts"
    case .phone: "telephone numbers in texts"
    case .id: "ids in texts"
    case .path: "paths in texts"
    case .trace: "traces in texts"
    case .secret: "secrets in texts"
    case .text: "texts that are too long to be read through"
    }
  }
}
