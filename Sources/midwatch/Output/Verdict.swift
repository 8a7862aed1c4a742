import Values
import Watch

/// How a verdict verb ends: 0 fine, 1 warn, 2 page, down or broken, 3 unknown; the worst of 2, 3, 1, 0 wins.
enum Verdict: Int32, Comparable {
  case fine = 0
  case warn = 1
  case page = 2
  case unknown = 3

  private var rank: Int {
    switch self {
    case .fine: 0
    case .warn: 1
    case .unknown: 2
    case .page: 3
    }
  }

  static func < (a: Self, b: Self) -> Bool { a.rank < b.rank }

  init(_ snapshots: [SystemSnapshot]) {
    self =
      snapshots.flatMap { snapshot in
        // Of what was known before our own connection went, nothing is known now but what fired.
        (snapshot.suspension == nil ? snapshot.endpoints.map(Verdict.init) : [.unknown])
          + snapshot.alerts.map(Verdict.init)
      }.max() ?? .unknown
  }

  init(_ row: EndpointRow) {
    switch row.state {
    case .up, .maintenance, .paused, .pending: self = .fine
    case .down: self = .page
    case .unknown, .stale, .blocked: self = .unknown
    }
  }

  init(_ row: AlertRow) {
    guard row.state == .firing, !row.isMuted else {
      self = .fine
      return
    }
    switch row.level {
    case .page: self = .page
    case .warn: self = .warn
    case .info: self = .fine
    }
  }
}
