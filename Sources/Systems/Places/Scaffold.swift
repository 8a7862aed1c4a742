import Values

/// The folder that `midwatch init NAME` writes: small, commented, and working at once.
package enum Scaffold {
  /// Why a name cannot be a system's; nil when it can.
  package static func objection(to name: String) -> String? {
    let allowed = name.utf8.allSatisfy { byte in
      (97...122).contains(byte) || (48...57).contains(byte) || byte == 45 || byte == 95 || byte == 46
    }
    guard let first = name.utf8.first, allowed, first != 45, first != 46, name.utf8.count <= 64 else {
      return "A system's name has 1 to 64 of a-z, 0-9, -, _ and ., and begins with a letter or digit."
    }
    return nil
  }

  /// Why an address cannot be polled; nil when it can.
  package static func objection(toAddress url: String) -> String? {
    HTTPAddress.isOne(url)
      ? nil : "\"\(Inert.terminal(url))\" is no URL; write one that begins with http:// or https://."
  }

  /// Texts by path within the folder.
  ///
  /// - Parameters:
  ///   - health: a URL that answers 200 while the system is well.
  ///   - metrics: a URL with a page in Prometheus' text format.
  package static func files(name: String, health: String? = nil, metrics: String? = nil) -> [String: String] {
    [
      "system.yaml": system(name, health: health, metrics: metrics),
      "rules.yaml": rules(hasMetrics: metrics != nil),
      "service-down.md": playbook(name, health: health),
      "comms/users.md": template,
    ]
  }

  private static func system(_ name: String, health: String?, metrics: String?) -> String {
    var endpoints: [String] = []
    if let health {
      endpoints.append(
        """
          health:
            http: \(quoted(health))
            expect:
              - status == 200
              - latency < 2s
            # for: 1m                  how long it must be down before EndpointDown fires
            # level: warn              page (default), warn, info, or off
        """)
    }
    if let metrics {
      endpoints.append(
        """
          metrics:
            scrape: \(quoted(metrics))
        """)
    }
    let list =
      endpoints.isEmpty
      ? """
      # Nothing is polled yet. Name what to watch:
      # endpoints:
      #   health:
      #     http: http://127.0.0.1:8080/healthz
      #     expect: [status == 200]
      #   metrics:
      #     scrape: http://127.0.0.1:8080/metrics

      """ : "endpoints:\n" + endpoints.joined(separator: "\n") + "\n"
    return """
      # What midwatch watches and knows of \(name). `midwatch validate .` checks this folder.
      # ${NAME} and ${NAME:-default} are filled from the environment. Durations: 30s, 15m, 1h30m, 1w.
      title: \(name)
      every: 30s                       # between two polls of an endpoint, and two evaluations of the rules

      # An endpoint that does not answer raises the built-in alert EndpointDown.
      \(list)
      contacts:                        # roles; how to reach them
        - role: on-call
          reach: not set

      escalation:                      # from an incident's start, until it is resolved
        - {name: L1, at: 0m, contact: on-call, playbook: service-down}

      # severities:                    # what S1 to S4 mean here, and their clocks
      #   S1: {means: Nobody can work, respond: 15m, resolve: 4h}
      # cadence:                       # when the next update is due after the last
      #   - {every: 30m}
      # links:
      #   dashboard: http://127.0.0.1:3000

      """
  }

  private static func rules(hasMetrics: Bool) -> String {
    let rule =
      hasMetrics
      ? """
      # The page of metrics could not be read, although its server may answer.
            - alert: MetricsMissing
              expr: up == 0
              for: 2m                  # how long it must hold before it fires
              labels:
                severity: warn         # page, warn or info
              annotations:
                summary: No metrics from {{ $labels.instance }}
                playbook: service-down
      """
      : """
      # The slowest answer of the last five minutes took longer than two seconds.
            - alert: SlowAnswers
              expr: max_over_time(probe_duration_seconds[5m]) > 2
              for: 2m                  # how long it must hold before it fires
              labels:
                severity: warn         # page, warn or info
              annotations:
                summary: '{{ $labels.job }} took {{ $value | humanizeDuration }}, warn above 2 s'
                playbook: service-down
      """
    return """
      # Alerting and recording rules, exactly as Prometheus reads them.
      groups:
        - name: basics
          rules:
            \(rule)
            # Another, to be adapted:
            # - alert: ErrorRate
            #   expr: sum(rate(http_requests_total{code=~"5.."}[5m])) / sum(rate(http_requests_total[5m])) > 0.05
            #   labels: {severity: page}
            #   annotations: {summary: '{{ $value | humanizePercentage }} of requests fail', unit: ratio}

      """
  }

  private static func playbook(_ name: String, health: String?) -> String {
    let check = health.map { "\n   ```bash\n   curl -sS -i \(shellQuoted($0))\n   ```" } ?? ""
    return """
      ---
      title: \(name) does not answer
      alerts: [EndpointDown]           # `p` on this alert opens the file
      ---

      # \(name) does not answer

      Any Markdown runbook is a playbook: headings are sections, list items are steps.

      ## Look

      1. See for yourself what it answers.\(check)
      2. Find out what changed last: a release, a configuration, a certificate.

      ## Act

      1. Take back what changed last, if something did.
      2. Restart it, if nothing did, and note what its log says before.
      3. Watch it for five minutes.

      ## Tell

      1. Write to those who notice, with the time of the next update.

      """
  }

  private static let template = """
    ---
    audience: users                  # users, internal, executives, support, status, or a word of yours
    stage: [Investigating, Identified, Monitoring]
    subject: "{{title}}"
    ---
    Something does not work at the moment: {{impact}}

    We are on it. Next update: {{next_update}}

    """

  /// As a YAML scalar in double quotes.
  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  private static func shellQuoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "'\\''") + "'"
  }
}
