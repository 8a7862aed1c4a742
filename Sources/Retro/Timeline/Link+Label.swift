import Incidents

extension Incident.Link {
  /// What comes before its target: `merged into`, `has the duplicate`.
  package var label: String {
    switch (kind, incoming) {
    case (.related, _): "related"
    case (.duplicate, false): "duplicate of"
    case (.duplicate, true): "has the duplicate"
    case (.merged, false): "merged into"
    case (.merged, true): "took in"
    case (.url, _): "link"
    }
  }
}
