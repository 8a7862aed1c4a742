import Incidents
import Values

/// Choosing what to write with, and to whom.
extension [Template] {
  /// The template for an audience at a stage: one that names the severity before one for all, one of the
  /// system's before a built-in one, then by name. Nil when none fits.
  package func choose(audience: String, stage: Stage, severity: Severity?) -> Template? {
    filter { template in
      template.audience == audience && template.stages.contains(stage)
        && (template.severities.isEmpty || severity.map { template.severities.contains($0) } ?? true)
    }
    .min { a, b in
      a.rank(severity) == b.rank(severity) ? a.name < b.name : a.rank(severity) < b.rank(severity)
    }
  }

  /// Audiences that have a template for the stage, in the order of their first.
  package func audiences(at stage: Stage) -> [String] {
    filter { $0.stages.contains(stage) }.map(\.audience).uniqued
  }
}

extension Template {
  fileprivate func rank(_ severity: Severity?) -> Int {
    (BuiltInTemplates.isBuiltIn(self) ? 2 : 0) + (severities.isEmpty ? 1 : 0)
  }
}

/// An audience and when it is owed its next update.
package struct AudienceDue: Equatable, Sendable {
  package let audience: String
  /// Nil when nothing is due.
  package let due: Instant?

  package init(audience: String, due: Instant?) {
    self.audience = audience
    self.due = due
  }
}

extension [AudienceDue] {
  /// The audience that waits longest, or will first; the first one when nothing is due for any.
  package var mostOverdue: String? {
    let owed = compactMap { one in one.due.map { (one.audience, $0) } }
    return owed.min { $0.1 < $1.1 }?.0 ?? first?.audience
  }
}
