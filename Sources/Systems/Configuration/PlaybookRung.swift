import Playbooks
import Values

/// A rung of a playbook's escalation with whom to reach for it.
package struct PlaybookRung: Equatable, Sendable {
  package let name: String
  /// From the run's start.
  package let after: Span
  /// The role, also where the system says nothing else of it.
  package let role: String?
  package let contact: Contact?
  /// What to go on with.
  package let playbook: String?

  /// The earliest first.
  package static func all(of document: PlaybookDocument, _ contacts: [Contact]) -> [PlaybookRung] {
    document.settings.escalation.map { rung in
      PlaybookRung(
        name: rung.name, after: rung.after, role: rung.contact?.name,
        contact: rung.contact.flatMap { named in contacts.first { $0.role == named.name } },
        playbook: rung.playbook?.name)
    }
  }

  /// `secondary, pager 0199 (for data loss)`; nil where it names nobody.
  package var whom: String? {
    guard let role else { return nil }
    let reach = contact.map { $0.reach.isEmpty ? "" : ", \($0.reach)" } ?? ""
    let about = contact?.about.map { " (for \($0))" } ?? ""
    return role + reach + about
  }

  /// `secondary, pager 0199; if nobody answers: call the vendor; then full-rollback`.
  package var words: String {
    let otherwise = contact?.then.map { "if nobody answers: \($0)" }
    let parts = [whom, otherwise, playbook.map { "then \($0)" }].compactMap { $0 }
    return parts.isEmpty ? name : parts.joined(separator: "; ")
  }
}
