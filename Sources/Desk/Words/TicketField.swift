import Incidents

/// What of a ticket two houses keep alike.
package enum TicketField: String, CaseIterable, Sendable {
  case subject, state, priority, severity, assignee, tags, tenant
}

extension Ticket {
  /// As one text, the same for the same value; empty for none.
  package subscript(field: TicketField) -> String {
    switch field {
    case .subject: subject
    case .state: state.rawValue
    case .priority: priority.rawValue
    case .severity: severity.rawValue
    case .assignee: assignee ?? ""
    case .tags: TicketField.text(of: tags)
    case .tenant: tenant ?? ""
    }
  }
}

extension TicketField {
  static func text(of tags: [String]) -> String { tags.sorted().joined(separator: " ") }
}

extension TicketChanged {
  /// Whether it says anything of that field.
  func names(_ field: TicketField) -> Bool {
    switch field {
    case .subject: subject != nil
    case .state: state != nil
    case .priority: priority != nil
    case .severity: severity != nil
    case .assignee: assignee != nil
    case .tags: tags != nil
    case .tenant: tenant != nil
    }
  }

  /// Sets a field from its text; false when the text is none for it.
  mutating func set(_ field: TicketField, _ text: String) -> Bool {
    switch field {
    case .subject:
      guard text.hasWords, text.count <= OpenTicket.longestSubject, !text.contains(where: \.isNewline) else {
        return false
      }
      subject = text
    case .state:
      guard let value = TicketState(rawValue: text) else { return false }
      state = value
    case .priority:
      guard let value = TicketPriority(rawValue: text) else { return false }
      priority = value
    case .severity:
      guard let value = Severity(rawValue: text) else { return false }
      severity = value
    case .assignee:
      guard text.isEmpty || Actor.isHandle(text) else { return false }
      assignee = text
    case .tags:
      guard let value = try? TicketRules.tags(text.split(separator: " ").map(String.init)) else {
        return false
      }
      tags = value
    case .tenant: tenant = text
    }
    return true
  }
}

extension TicketChanged {
  /// What it changes, by name.
  package var fieldNames: [String] { TicketField.allCases.filter { names($0) }.map(\.rawValue) }
}
