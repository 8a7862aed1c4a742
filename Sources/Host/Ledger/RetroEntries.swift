import Incidents
import Journal
import Retro
import Systems
import Values

/// Appends incidents' retro entries to files, and says in the journal that it did.
package enum RetroEntries {
  /// - Parameters:
  ///   - path: absolute.
  ///   - sections: names, as `system.yaml` has them; empty is the usual ones.
  ///   - again: whether one that was appended before, and is not in the file any more, is appended once more.
  /// - Returns: what was done; a second time it is ``RetroFile/Outcome/there``.
  package static func append(
    _ key: String, to path: String, sections: [String] = [], again: Bool = false, in journal: Journal,
    by actor: Actor, at now: Instant
  ) throws -> RetroFile.Outcome {
    guard let incident = try journal.entity(Incident.self, key: key), incident.declared != nil else {
      throw Refusal("There is no incident \(Inert.terminal(key)); `midwatch incident list` shows them.")
    }
    if let merger = incident.merger {
      throw Refusal("\(key) was merged into \(merger.to); the entry of \(merger.to) tells of both.")
    }
    guard incident.resolved != nil else {
      throw Refusal("\(key) is \(incident.status.rawValue); its entry is written when it is resolved.")
    }
    let file = RetroFile(path)
    let retro = try journal.entity(WrittenRetro.self, key: key)
    if let before = retro?.entries.last(where: { $0.file == path }), !again, try !file.holds(incident) {
      throw Refusal(
        "\(before.by) appended the entry of \(key) to \(Inert.terminal(path)) at \(before.at.dateClockUTC), and it "
          + "is not there any more; --again appends it once more.")
    }
    let head = try journal.head()
    let entry = RetroEntry(
      incident, retro: retro, actions: try journal.entities(ActionItem.self).filter { $0.incident == key },
      sections: sections,
      stamp: RecordStamp(journal: head.name, origin: head.origin, count: head.count, head: head.hash),
      made: now)
    let outcome = try file.append(entry)
    let bytes = Array(entry.text.utf8)
    // Whoever was stopped between the two finds the entry there, and makes up for this.
    try journal.perform(
      RecordRetroEntry(incident: key, file: path, digest: HexDigest.of(bytes), bytes: bytes.count), by: actor,
      at: now)
    return outcome
  }
}
