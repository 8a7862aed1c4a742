import Incidents

extension [Template] {
  /// These, and of the built-in ones those that fill a gap: an audience, a stage and a severity for which
  /// nothing is here.
  package var withBuiltIns: [Template] {
    let own = Set(flatMap(\.places))
    return self + BuiltInTemplates.all().filter { !Set($0.places).isSubset(of: own) }
  }
}

/// For whom, when and how bad.
private struct Place: Hashable {
  let audience: String
  let stage: Stage
  let severity: Severity
}

extension Template {
  fileprivate var places: [Place] {
    let severities = severities.isEmpty ? Severity.allCases : severities
    return stages.flatMap { stage in
      severities.map { Place(audience: audience, stage: stage, severity: $0) }
    }
  }
}
