import Incidents
import Retro
import Terminal
import Values
import Watch

/// Sign, word and colour of each state: never a colour alone.
enum Marks {
  static func style(_ level: Level) -> Style {
    switch level {
    case .page: .page
    case .warn: .warn
    case .info: .info
    }
  }

  static func sign(_ level: Level) -> Sign {
    switch level {
    case .page: .page
    case .warn: .warn
    case .info: .info
    }
  }

  static func word(_ level: Level) -> String { level.rawValue.uppercased() }

  static func level(_ severity: Severity) -> Level {
    switch severity {
    case .s1: .page
    case .s2: .warn
    case .s3, .s4: .info
    }
  }

  static func severity(_ level: Level) -> Severity {
    switch level {
    case .page: .s1
    case .warn: .s2
    case .info: .s3
    }
  }

  static func endpoint(_ state: EndpointRow.State) -> (sign: Sign, word: String, style: Style) {
    switch state {
    case .up: (.up, "up", .up)
    case .down: (.down, "down", .down)
    case .unknown: (.stale, "unknown", .unknown)
    case .stale: (.stale, "stale", .unknown)
    case .blocked: (.stale, "blocked", .unknown)
    case .pending: (.retry, "retry", .pending)
    case .maintenance: (.maintenance, "maint", .maintenance)
    case .paused: (.maintenance, "paused", .maintenance)
    }
  }

  static func objective(_ row: ObjectiveRow) -> (sign: Sign, word: String, style: Style) {
    switch row.state {
    case .kept: (.up, "kept", .up)
    case .burning: row.burnsFast ? (.page, "burning", .page) : (.warn, "burning", .warn)
    case .spent: (.down, "spent", .down)
    case .noData: (.stale, "no data", .unknown)
    }
  }

  /// A routine never looks like a page.
  static func routine(_ row: RoutineRow, at now: Instant) -> (sign: Sign, word: String, style: Style) {
    switch row.standing(at: now) {
    case .waiting: row.evidenceIsUnknown ? (.stale, "unknown", .unknown) : (.todo, "waits", .dim)
    case .due: (.pending, "due", .due)
    case .late: (.warn, "late", .warn)
    case .overdue: (.warn, "overdue", .overdue)
    }
  }

  static func style(_ tone: TimelineLine.Tone) -> Style {
    switch tone {
    case .page: .page
    case .warn: .warn
    case .info: .info
    case .good: .up
    case .bad: .down
    case .unknown: .unknown
    case .plain: .text
    case .note: .strong
    case .sent: Style(.public)
    }
  }
}
