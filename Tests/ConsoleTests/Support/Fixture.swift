import Comms
import Incidents
import Playbooks
import Terminal
import Values
import Watch

@testable import Console

/// Three small systems at a quarter past three, one of them not well.
enum Fixture {
  static let now = Instant(rfc3339: "2026-11-21T03:12:45Z") ?? Instant(milliseconds: 0)

  static let process = ProcessMark(host: "jump2", boot: "b007", pid: 4711, since: 12)
  static let enseiPath = "/srv/playbooks/ensei-packs"
  static let enseiDigest = "4e1c0a77"

  static func ago(_ span: Span) -> Instant { now - span }

  // MARK: - What the engine says

  static let page = AlertIdentity(
    system: "ensei-packs", rule: "PackErrorRatePage", labels: ["alertname": "PackErrorRatePage"])
  static let backlog = AlertIdentity(
    system: "nova-rms", rule: "QueueBacklog", labels: ["alertname": "QueueBacklog", "queue": "billing"])
  static let down = AlertIdentity(
    system: "jamble-inventory", rule: "EndpointDown",
    labels: ["alertname": "EndpointDown", "endpoint": "api"])

  static var ensei: SystemSnapshot {
    var system = SystemSnapshot(system: "ensei-packs", title: "Ensei pack system", at: now)
    system.endpoints = [
      up("health", took: 84, [70, 82, 90, 75, 84, 120, 180, 240]),
      up("metrics", took: 112, [100, 101, 99, 104, 110, 112, 111, 112], samples: 86),
      up("catalogue", took: 31, [30, 30, 31, 32, 30, 31, 30, 31]),
    ]
    var row = AlertRow(
      identity: page, state: .firing, level: .page, activeAt: ago(.seconds(252)), holds: .zero,
      summary: "Error rate 7.1% on pack endpoints, page at 5 %", source: "rules.yaml:41",
      expression:
        "sum(rate(pack_requests_total{code=~\"5..\"}[5m])) / sum(rate(pack_requests_total[5m])) >= 0.05")
    row.firedAt = ago(.seconds(252))
    row.value = Figure(0.071, unit: .ratio)
    row.sign = ">="
    row.threshold = Figure(0.05, unit: .ratio)
    row.playbook = "high-error-rate#immediate"
    row.history = (0..<60).map { $0 < 45 ? 0.002 : 0.002 + Double($0 - 44) * 0.0046 }
    system.alerts = [row]
    system.lastEvaluation = ago(.seconds(2))
    return system
  }

  static var nova: SystemSnapshot {
    var system = SystemSnapshot(system: "nova-rms", title: "Nova", at: now)
    var worker = EndpointRow(
      name: "worker /readyz", kind: "http", target: "http://127.0.0.1:18083/readyz", state: .stale)
    worker.since = ago(.seconds(46))
    worker.reason = "no answer in 5 s"
    worker.history = [12, 13, 12, nil]
    var storage = EndpointRow(
      name: "storage", kind: "http", target: "http://127.0.0.1:18083/storage", state: .maintenance)
    storage.since = ago(.minutes(30))
    storage.reason = "until 04:00Z"
    system.endpoints = [up("api /health", took: 12, [12, 12, 13, 12]), worker, storage]
    var row = AlertRow(
      identity: backlog, state: .firing, level: .warn, activeAt: ago(.minutes(13)), holds: .minutes(2),
      summary: "231 jobs wait in billing", source: "rules.yaml:12", expression: "queue_depth > 200")
    row.firedAt = ago(.seconds(662))
    row.value = Figure(231)
    row.sign = ">"
    row.threshold = Figure(200)
    row.history = (0..<60).map { Double(120 + $0 * 2) }
    system.alerts = [row]
    system.lastEvaluation = ago(.seconds(5))
    return system
  }

  static var jamble: SystemSnapshot {
    var system = SystemSnapshot(system: "jamble-inventory", title: "Jamble", at: now)
    var api = EndpointRow(
      name: "api", kind: "http", target: "http://127.0.0.1:18085/api/health", state: .down)
    api.since = ago(.seconds(128))
    api.reason = "connection refused by 127.0.0.1:18085"
    api.next = now + .seconds(12)
    api.history = [9, 9, 10, 9, 9, nil, nil, nil, nil]
    system.endpoints = [api, up("shop", took: 22, [20, 21, 22, 22])]
    let row = AlertRow(
      identity: down, state: .pending, level: .page, activeAt: ago(.seconds(128)), holds: .minutes(5),
      summary: "api is down", source: "built in", expression: "probe_success == 0")
    system.alerts = [row]
    system.lastEvaluation = ago(.seconds(3))
    return system
  }

  private static func up(
    _ name: String, took: Int64, _ history: [Double?], samples: Int? = nil
  ) -> EndpointRow {
    var row = EndpointRow(name: name, kind: "http", target: "http://127.0.0.1:18081/\(name)", state: .up)
    row.code = 200
    row.took = .milliseconds(took)
    row.since = ago(.hours(5))
    row.history = history
    row.samples = samples
    return row
  }

  // MARK: - What the folders say

  static let playbookText = """
    ---
    title: High error rate
    alerts: [PackErrorRateWarn, PackErrorRatePage]
    variables:
      USER_ID:
        ask: Whose requests?
    ---

    # High error rate

    ## Symptoms

    - Purchases fail.

    ## Immediate

    1. Turn purchases off: set the flag and redeploy.
       ```bash
       NEXT_PUBLIC_ENABLE_PACK_PURCHASE=false
       ```
    2. Look for a common error in the logs.
       ```bash
       # Recent errors
       firebase functions:log --only api --project {{FIREBASE_PROJECT}}
       # Of one user
       firebase functions:log --only api | grep "userId:{{USER_ID}}"
       ```
    3. Ask the health endpoint.
       ```bash
       curl {{base}}/api/health/packs
       ```

    ## Recover

    - If memory runs out: give the functions more.
    - If a release broke it: roll back.

    """

  static let usersText = """
    ---
    audience: users
    stage: [Investigating, Identified, Monitoring]
    channel: [status-page, mail]
    subject: Temporary Service Disruption - Pack System
    variables:
      impact:
        ask: What can users not do?
        default: Pack purchases temporarily unavailable
      eta:
        ask: When do you expect it to work?
    ---
    Buying packs does not work at the moment.

    Impact: {{impact}}
    ETA: {{eta}}
    Next update: {{next_update}}
    """

  static let internalText = """
    ---
    audience: internal
    stage: [Investigating, Identified, Monitoring, Resolved]
    subject: "INCIDENT: {{severity}} {{title}}"
    ---
    Status: {{status}}
    Impact: {{impact}}
    Owner: {{commander}}
    Next update: {{next_update}}
    Done:
    {{#actions}}
    - {{.}}
    {{/actions}}
    """

  static var enseiGuide: Guide {
    var problems: [Problem] = []
    var guide = Guide(system: "ensei-packs", title: "Ensei pack system")
    guide.playbooks = [PlaybookDocument(playbookText, file: "high-error-rate.md", problems: &problems)]
    guide.templates = [
      Template(internalText, file: "comms/internal.md", problems: &problems),
      Template(usersText, file: "comms/users.md", problems: &problems),
    ].compactMap { $0 }
    guide.digest = enseiDigest
    guide.environments = [Guide.Environment(name: "production", base: nil, isReference: false)]
    guide.base = "http://127.0.0.1:18081"
    guide.alertNames = ["PackErrorRatePage", "PackErrorRateWarn"]
    guide.variables = [Variable("FIREBASE_PROJECT", defaultValue: "ensei-6c8e0")]
    guide.digests = ["high-error-rate": "aa11"]
    guide.definitions = [
      .s1: "Purchases fail for many, or a purchase is lost", .s2: "Purchases are slow, or fail for some",
      .s3: "Work goes on by a detour", .s4: "As time allows",
    ]
    for severity in Severity.allCases {
      var plan = IncidentPlan()
      plan.clocks = [.init(name: "respond", after: .minutes(15)), .init(name: "resolve", after: .hours(2))]
      plan.escalation = [
        .init(name: "L1", after: .zero, contact: "primary", playbook: nil),
        .init(name: "L2", after: .minutes(15), contact: "secondary", playbook: "escalation#level-2"),
      ]
      plan.cadence = [.init(audience: nil, status: nil, every: .minutes(15))]
      plan.followUps = [.init(title: "Within an hour", after: .hours(1))]
      guide.plans[severity] = plan
    }
    assert(problems.isEmpty, "\(problems)")
    return guide
  }

  // MARK: - What the journal says

  /// The page and the backlog fire; ops1 has the backlog in hand.
  static func journal() throws -> TestJournal {
    var journal = TestJournal()
    try fire(&journal)
    return journal
  }

  static func fire(_ journal: inout TestJournal) throws {
    try journal.append(
      AlertFired(
        system: backlog.system, rule: backlog.rule, labels: backlog.labels, level: .warn,
        activeAt: ago(.minutes(13)), value: 231, sign: ">", threshold: 200, unit: Figure.Unit.none,
        summary: "231 jobs wait in billing", playbook: nil, source: "rules.yaml:12"), at: ago(.seconds(662)))
    _ = try journal.perform(AcknowledgeAlert(backlog, reason: "draining"), by: "ops1", at: ago(.minutes(9)))
    try journal.append(
      AlertFired(
        system: page.system, rule: page.rule, labels: page.labels, level: .page, activeAt: ago(.seconds(252)),
        value: 0.056, sign: ">=", threshold: 0.05, unit: .ratio,
        summary: "Error rate 5.6% on pack endpoints, page at 5 %", playbook: "high-error-rate#immediate",
        source: "rules.yaml:41"), at: ago(.seconds(252)))
  }
}
