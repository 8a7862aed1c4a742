import Incidents
import Metrics
import Probes
import Systems
import Testing
import Values
import Watch
import Wire

/// Plays literal events into an engine and keeps what it wants.
struct Player {
  static let start = Instant(rfc3339: "2026-11-21T03:00:00Z") ?? Instant(milliseconds: 0)

  static let system = """
    title: Shop
    every: 10s
    endpoints:
      health: {http: "http://127.0.0.1:1/health"}
      metrics: {scrape: "http://127.0.0.1:1/metrics", level: off}
    """

  static let rules = """
    groups:
      - name: shop
        rules:
          - alert: QueueBacklog
            expr: queue_depth > 200
            for: 20s
            labels: {severity: warning}
    """

  var watch: Watch
  private(set) var now: Instant
  private var uptime = Uptime(milliseconds: 7_000_000)
  private var asleep = Span.zero
  private(set) var effects: [WatchEffect] = []

  init(at now: Instant = Self.start) {
    watch = Watch()
    self.now = now
  }

  static func folder(
    system: String = Self.system, rules: String = Self.rules, location: SourceLocation = #_sourceLocation
  ) throws -> SystemFolder {
    let files = ["system.yaml": system, "rules.yaml": rules]
    let (folder, problems) = SystemFolder.load(Folder(name: "shop", files: files), environment: [:])
    try #require(problems.allSatisfy { $0.weight == .warning }, "\(problems)", sourceLocation: location)
    return folder
  }

  mutating func load(_ folder: SystemFolder, saved: SavedSystem? = nil, firing: [Alert] = []) {
    tell(.load(folder, isTrusted: true, saved: saved, firing: firing))
  }

  var moment: Moment { Moment(wall: now, uptime: uptime, asleep: asleep) }

  mutating func tell(_ input: WatchInput) { effects += watch.receive(input, at: moment) }

  /// Several at once.
  mutating func tell(_ inputs: [WatchInput]) { effects += watch.receive(inputs, at: moment) }

  /// Somebody sets the wall clock.
  mutating func setClock(by span: Span) { now = now + span }

  /// The machine sleeps: its uptime stands still.
  mutating func sleep(_ span: Span) {
    now = now + span
    asleep = asleep + span
  }

  /// The process stands still, and nothing else.
  mutating func stall(_ span: Span) { go(span) }

  private mutating func go(_ span: Span) {
    now = now + span
    uptime = uptime + span
  }

  /// How many of ``effects`` are answered, or were there for a test to answer.
  private var seen = 0

  /// Ticks whenever the engine asks for it until `span` is over; each poll is answered at once, by `answer`, those that
  /// loading asked for too.
  mutating func pass(_ span: Span, answer: (Endpoint, Instant) -> Observation? = { _, _ in nil }) {
    let end = uptime + span
    while true {
      go(min(max(watch.nextDeadline ?? end, uptime), end) - uptime)
      // A group is evaluated alone, so there may be more to do at once.
      repeat { tell(.tick) } while watch.nextDeadline.map { $0 <= uptime } ?? false && isEvaluating
      while seen < effects.count {
        defer { seen += 1 }
        guard case .poll(let poll) = effects[seen], let came = answer(poll.endpoint, now) else { continue }
        tell(.observed(system: poll.system, came))
      }
      // What the answers made due belongs to the same moment.
      while watch.nextDeadline.map({ $0 <= uptime }) ?? false {
        tell(.tick)
        guard isEvaluating else { break }
      }
      guard uptime < end else { return }
      // A deadline that stays in the past would be met for ever.
      if let next = watch.nextDeadline, next <= uptime { go(.milliseconds(1)) }
    }
  }

  /// Whether the last thing done was an evaluation.
  private var isEvaluating: Bool {
    if case .evaluated = effects.last { true } else { false }
  }

  /// What was put aside, oldest first.
  private(set) var kept: [WatchEffect] = []

  mutating func keep(_ effects: [WatchEffect]) { kept += effects }

  /// What came since the last time this was asked.
  mutating func take() -> [WatchEffect] {
    defer { (effects, seen) = ([], 0) }
    return effects
  }
}

extension [WatchEffect] {
  var polls: [String] { compactMap { if case .poll(let poll) = $0 { poll.endpoint.name } else { nil } } }
  var records: [RecordTransitions] { compactMap { if case .record(let act) = $0 { act } else { nil } } }
  var snapshots: [SystemSnapshot] { compactMap { if case .publish(let made) = $0 { made } else { nil } } }
  var notices: [String] { compactMap { if case .notice(let sentence) = $0 { sentence } else { nil } } }
  var fired: [AlertFired] { records.flatMap(\.fired) }
  var resolved: [AlertResolved] { records.flatMap(\.resolved) }
  var changes: [String] { records.flatMap(\.endpoints).map { "\($0.endpoint) \($0.to)" } }
}

/// What servers answer, judged as what comes over a wire is.
enum Answers {
  /// - Parameter page: of a scrape.
  static func up(_ endpoint: Endpoint, _ now: Instant, page: String = "other 1\n") -> Observation {
    let response = Response(
      status: 200, headers: [Header("Content-Type", "text/plain; version=0.0.4")], body: Array(page.utf8),
      phases: Phases(), address: "127.0.0.1:1")
    return endpoint.judge(.success(response), at: now)
  }

  static func down(_ endpoint: Endpoint, _ now: Instant) -> Observation {
    endpoint.judge(.failure(Failure(.refused, reason: "connection refused")), at: now)
  }

  /// All up, and the scrape has a queue of that depth.
  static func queue(_ depth: Int) -> (Endpoint, Instant) -> Observation? {
    { endpoint, now in up(endpoint, now, page: "queue_depth \(depth)\n") }
  }
}
