import Values
import Watch

/// What `/metrics` says: midwatch's own work, by Prometheus' conventions.
package struct AgentMetrics: Sendable {
  /// What is known outside of the engine.
  package struct Surroundings: Sendable {
    package var version = ""
    package var isEngine = false
    package var epoch: Int64 = 0
    /// Events in the journal; nil when it cannot be read.
    package var events: Int64?
    /// Deliveries by their state.
    package var outbox: [(state: String, count: Int)] = []
    package var process = ProcessFigures()
    /// Pushes that were taken and refused.
    package var pushes = (taken: 0, refused: 0)
    /// Requests by the status of their answers.
    package var requests: [(status: Int, count: Int)] = []

    package init() {}
  }

  private let surroundings: Surroundings
  private let figures: EngineFigures?

  /// - Parameter figures: nil while another process is the engine.
  package init(_ surroundings: Surroundings, figures: EngineFigures?) {
    self.surroundings = surroundings
    self.figures = figures
  }

  package func page(isOpenMetrics: Bool) -> [UInt8] {
    var text = MetricsText(isOpenMetrics: isOpenMetrics)
    addSelf(&text)
    addSystems(&text)
    addGroups(&text)
    addRecord(&text)
    addProcess(&text)
    return text.body
  }

  private func addSelf(_ text: inout MetricsText) {
    text.add(
      "midwatch_build_info", .gauge, "A constant 1, with the version of midwatch.",
      [([("version", surroundings.version)], 1)])
    text.add(
      "midwatch_engine_held", .gauge, "Whether this process holds the engine lock: it polls and evaluates.",
      surroundings.isEngine ? 1 : 0)
    text.add(
      "midwatch_engine_epoch", .gauge, "The epoch of the engine, which grows with each takeover.",
      Double(surroundings.epoch))
  }

  private func addSystems(_ text: inout MetricsText) {
    func each(_ value: (EngineFigures.System) -> Int?) -> [(labels: [(String, String)], value: Double)] {
      (figures?.systems ?? []).compactMap { system in
        value(system).map { ([("system", system.system)], Double($0)) }
      }
    }
    text.add("midwatch_endpoints", .gauge, "Endpoints of the system.", each(\.endpoints))
    text.add(
      "midwatch_endpoint_states", .gauge, "Endpoints of the system in each state.",
      (figures?.systems ?? []).flatMap { system in
        (system.states ?? [:]).sorted { $0.key < $1.key }.map { state, count in
          ([("system", system.system), ("state", state)], Double(count))
        }
      })
    text.add("midwatch_polls", .counter, "Answers and failures of endpoints.", each(\.answers))
    text.add(
      "midwatch_polls_skipped", .counter,
      "Polls that were skipped because they were late by a whole interval.",
      each(\.skipped))
    text.add("midwatch_series", .gauge, "Series in memory.", each(\.series))
    text.add(
      "midwatch_samples_appended", .counter, "Samples taken up.",
      (figures?.systems ?? []).map { ([("system", $0.system)], Double($0.appended)) })
    text.add(
      "midwatch_alerts", .gauge, "Alerts of our own rules that fire or are pending.",
      (figures?.systems ?? []).flatMap { system in
        (system.alerts ?? [:]).sorted { $0.key < $1.key }.map { state, count in
          ([("system", system.system), ("state", state)], Double(count))
        }
      })
  }

  private func addGroups(_ text: inout MetricsText) {
    let rows = (figures?.systems ?? []).flatMap { system in
      system.groups.map { (labels: [("system", system.system), ("group", $0.name)], row: $0) }
    }
    func each(_ value: (GroupRow) -> Double?) -> [(labels: [(String, String)], value: Double)] {
      rows.compactMap { entry in value(entry.row).map { (entry.labels, $0) } }
    }
    text.add("midwatch_rule_group_rules", .gauge, "Rules of the group.", each { Double($0.rules) })
    text.add(
      "midwatch_rule_group_interval_seconds", .gauge, "How often the group is evaluated.", unit: "seconds",
      each { $0.every.seconds })
    text.add(
      "midwatch_rule_group_evaluations", .counter, "Evaluations of the group.",
      each { Double($0.evaluations) })
    text.add(
      "midwatch_rule_group_iterations_missed", .counter,
      "Evaluations that were skipped because they were late by a whole interval.", each { Double($0.missed) })
    text.add(
      "midwatch_rule_group_last_duration_seconds", .gauge, "How long the last evaluation took.",
      unit: "seconds",
      each(\.took))
    text.add(
      "midwatch_rule_group_last_evaluation_timestamp_seconds", .gauge, "When the group was evaluated last.",
      unit: "seconds", each { $0.lastEvaluation?.seconds })
  }

  private func addRecord(_ text: inout MetricsText) {
    text.add(
      "midwatch_journal_events", .counter, "Events in the journal.", surroundings.events.map(Double.init))
    text.add(
      "midwatch_outbox_items", .gauge, "Deliveries in each state.",
      surroundings.outbox.map { ([("state", $0.state)], Double($0.count)) })
    text.add("midwatch_pushes_taken", .counter, "Pushes that were taken.", Double(surroundings.pushes.taken))
    text.add(
      "midwatch_pushes_refused", .counter, "Pushes that were refused.", Double(surroundings.pushes.refused))
    text.add(
      "midwatch_http_requests", .counter, "Requests by the status of their answers.",
      surroundings.requests.map { ([("code", "\($0.status)")], Double($0.count)) })
  }

  /// The names that all Prometheus clients have for the process.
  private func addProcess(_ text: inout MetricsText) {
    let process = surroundings.process
    text.add(
      "process_cpu_seconds", .counter, "Seconds of processor, of user and system.", unit: "seconds",
      process.processor)
    text.add(
      "process_resident_memory_bytes", .gauge, "Resident memory.", unit: "bytes",
      process.resident.map(Double.init))
    text.add(
      "process_virtual_memory_bytes", .gauge, "Virtual memory.", unit: "bytes",
      process.virtual.map(Double.init))
    text.add("process_open_fds", .gauge, "Open descriptors.", process.descriptors.map(Double.init))
    text.add(
      "process_max_fds", .gauge, "Descriptors that may be open.", process.maximumDescriptors.map(Double.init))
    text.add("process_threads", .gauge, "Threads.", process.threads.map(Double.init))
    text.add(
      "process_start_time_seconds", .gauge, "When the process began.", unit: "seconds", process.started)
  }
}
