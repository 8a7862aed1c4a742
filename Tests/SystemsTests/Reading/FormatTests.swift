import Alerting
import Incidents
import Metrics
import Probes
import Systems
import Testing
import Values

/// The two files that together have every key of a system.yaml.
@Suite(.enabled(if: SharedFormats.isPresent, "shared/formats is not beside the checkout"))
struct FormatTests {
  private static let playbooks = [
    "escalation.md": "# Escalation\n\n## Level 1\n\n## Level 2\n\n## Level 3\n",
    "post-incident.md": "# After\n\n## Within an hour\n\n## Within a day\n\n## Within a week\n",
    "high-latency.md": "# Latency\n", "purchase-success.md": "# Success\n",
    "duplicate-purchases.md": "# Duplicates\n",
  ]

  @Test func ensei() throws {
    var files = Self.playbooks
    files["rules.yaml"] = try SharedFormats.text("rules-ensei.yaml")
    files["high-error-rate.md"] = try SharedFormats.text("playbook.md")
    files["comms/users.md"] = try SharedFormats.text("comms.md")
    files["drills/errors.yaml"] = try SharedFormats.text("drill.yaml")
    let (system, problems) = SystemFolder.read(try SharedFormats.text("system-ensei.yaml"), files)
    #expect(problems.allSatisfy { $0.contains("warning: there is no delivery") }, "\(problems)")
    #expect(system.title == "Ensei pack system")
    #expect(system.every == .seconds(15))
    #expect(system.endpoints.map(\.name) == ["health", "metrics", "catalogue"])
    #expect(system.endpoints.map(\.target).first == "http://127.0.0.1:18081/api/health/packs")
    #expect(system.endpoints.map(\.assertions.count) == [2, 0, 2])
    #expect(system.endpoints.map(\.level) == [.page, .page, .warn])
    #expect(system.ruleGroups.map(\.name) == ["endpoints", "packs"])
    #expect(system.ruleGroups.last?.rules.count == 8)
    #expect(system.needsTrust == ["playbook high-error-rate runs 4 commands when it is told to"])
    #expect(system.variables.map(\.name) == ["FIREBASE_PROJECT"])
    #expect(system.drills == ["errors"])
    #expect(system.templates.map(\.name) == ["users"])
    let plan = system.plan(for: .s1)
    #expect(plan.escalation.map(\.name) == ["L1", "L2", "L3"])
    #expect(plan.escalation.map(\.after) == [.zero, .minutes(15), .minutes(30)])
    #expect(plan.followUps.map(\.title) == ["Within an hour", "Within a day", "Within a week"])
    #expect(plan.clocks.isEmpty && plan.cadence.isEmpty)
    let page = Labels(["alertname": "PackErrorRatePage"])
    let warn = Labels(["alertname": "PackErrorRateWarn"])
    #expect(system.inhibitRules.contains { $0.inhibits(target: warn, source: page) })
    #expect(
      system.playbook(forAlert: "PackErrorRatePage", references: [])?.document.name == "high-error-rate")
    #expect(system.playbook(forAlert: "X", references: ["escalation#level-2"])?.anchor == "level-2")
  }

  @Test func nova() throws {
    let names = [
      "billing-webhooks", "postmortem", "actions", "routines", "billing-drill", "rotate-keys", "smoke",
    ]
    var files = Dictionary(uniqueKeysWithValues: names.map { ("\($0).md", "# \($0)\n") })
    files["routines.md"] = "# Routines\n\n## Daily\n"
    let (system, problems) = SystemFolder.read(
      try SharedFormats.text("system-nova.yaml"), files, environment: ["NOVA_TOKEN": "s3cret-token"])
    #expect(problems.isEmpty, "\(problems)")
    #expect(system.atOnce == 20 && system.perHost == 4)
    #expect(system.environments.map(\.state) == [.live, .paused, .reference])
    #expect(system.secrets.map(\.name) == ["NOVA_TOKEN", "NOVA_WEBHOOK", "NOVA_PAGER"])
    #expect(system.endpoints.count == 14)
    let tickets = try #require(system.endpoints.first { $0.name == "tickets" })
    #expect(tickets.authorization == .bearer(Secret("s3cret-token")))
    #expect(tickets.needsTrust && tickets.heldBack == nil)
    #expect(tickets.dependsOn == ["api"] && tickets.redirects == 0 && tickets.timeout == .seconds(5))
    let metrics = try #require(system.endpoints.first { $0.name == "metrics" })
    #expect(
      metrics.targetLabels == Labels(["job": "nova-api", "instance": "api-1", "tier": "core"]))
    let worker = try #require(system.endpoints.first { $0.name == "worker" })
    #expect(worker.target == "http://127.0.0.1:3001/readyz" && worker.proxy == nil)
    let billing = try #require(system.endpoints.first { $0.name == "billing" })
    #expect(billing.series.map(\.name) == ["nova_upcoming_renewals", "nova_open_invoice_cents"])
    let certificate = try #require(system.endpoints.first { $0.name == "certificate" })
    #expect(certificate.heldBack == "the environment production is for reference")
    let details = Dictionary(uniqueKeysWithValues: system.endpoints.map { ($0.name, $0.detail) })
    #expect(details["disk"]?.command.first == "check_disk")
    #expect(details["disk"]?.output == .nagios)
    #expect(details["errors"]?.format == .json && details["errors"]?.log == .files("logs/api-*.jsonl"))
    #expect(
      details["errors"]?.logSeries.map(\.name) == ["nova_log_lines_total", "nova_log_duration_seconds"])
    #expect(details["errors"]?.logSeries.last?.buckets == [0.1, 0.5, 1, 5])
    #expect(system.levels.level(of: "sev1") == .page && system.levels.level(of: "notice") == .info)
    #expect(system.plan(for: .s1).clocks.map(\.name) == ["mitigate", "resolve"])
    #expect(system.plan(for: .s3).severityName == "P3")
    #expect(system.plan(for: .s1).cadence.map(\.every) == [.minutes(15), nil])
    #expect(system.plan(for: .s3).cadence.map(\.every) == [.minutes(15), .hours(1), nil])
    #expect(system.plan(for: .s3).followUps.map(\.title) == ["postmortem"])
    #expect(system.callOut == .minutes(10) && system.bell == .page)
    #expect(system.maintenance.map(\.title) == ["Patch night", "Restore drill", "Cut-over"])
    #expect(system.maintenance.first?.recurrence == .weekly(day: 0, minute: 120))
    #expect(system.routines.count == 5 && system.routines.last?.recurrence == .after(.maintenance))
    #expect(system.objectives.first.map { abs($0.objective - 0.999) < 1e-9 } ?? false)
    #expect(
      system.deliveries.map(\.kind) == [
        "statuspage", "webhook", "slack", "pagerduty", "smtp", "file", "cstate", "command",
      ])
    #expect(system.deliveries.first { $0.name == "team" }?.destination.shown == Secret.mask)
    #expect(system.deliveries.filter(\.isOff).map(\.name) == ["status-page"])
    #expect(system.deliveries.first?.destination.shown == "off: its statuspage is empty")
    #expect(system.calendars.first?.hours.count == 2 && system.tickets?.warnsAt == 0.25)
    #expect(system.prometheus?.takes == .rules && system.alertmanagers.first?.posts == true)
    #expect(system.retro?.template == "google")
    #expect(system.needsTrust.contains("endpoint disk starts check_disk -w 20% -c 10% -p /"))
    #expect(system.needsTrust.contains("secret NOVA_PAGER starts pass show nova/pager"))
    #expect(system.needsTrust.contains("endpoint tickets uses NOVA_TOKEN"))
    #expect(!"\(system)".contains("s3cret-token"))
  }

  @Test func aMissingSecretStopsWhatNeedsItAndNothingElse() throws {
    let (system, _) = SystemFolder.read(try SharedFormats.text("system-nova.yaml"))
    let endpoint = { (name: String) in system.endpoints.first { $0.name == name } }
    #expect(endpoint("tickets")?.heldBack == "the secret NOVA_TOKEN is not known")
    #expect(endpoint("api")?.heldBack == nil)
    let watched = system.ruleGroups.first?.rules.compactMap { $0.label("endpoint") } ?? []
    #expect(watched.contains("api") && !watched.contains("tickets") && !watched.contains("certificate"))
  }
}
