import Values

/// How bad an incident is; S1 is the worst. What each means is the system's own words.
package enum Severity: String, Codable, CaseIterable, Comparable, Sendable {
  case s1 = "S1"
  case s2 = "S2"
  case s3 = "S3"
  case s4 = "S4"

  /// 1 for S1 to 4 for S4.
  package var rank: Int { (Self.allCases.firstIndex(of: self) ?? 0) + 1 }

  /// A worse severity is the greater one.
  package static func < (a: Self, b: Self) -> Bool { a.rank > b.rank }
}

extension Severity {
  /// What an alert of that level makes of an incident, unless somebody says otherwise.
  package init(_ level: Level) {
    switch level {
    case .page: self = .s1
    case .warn: self = .s2
    case .info: self = .s3
    }
  }
}
