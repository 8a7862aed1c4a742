import Foundation
import Host
import Serving
import Synchronization
import TestSupport
import Testing
import Values
import Watch

/// What Prometheus' own programs think of the page of our metrics.
@Suite(
  .serialized,
  .enabled(if: Peer.has("prometheus"), "prometheus is not installed: make test-peers installs it"))
struct OwnMetricsTests {
  private static func page(isOpenMetrics: Bool) -> [UInt8] {
    var surroundings = AgentMetrics.Surroundings()
    (surroundings.version, surroundings.isEngine, surroundings.epoch, surroundings.events) = (
      "t", true, 3, 12
    )
    (surroundings.outbox, surroundings.requests) = ([("queued", 1)], [(200, 5)])
    surroundings.process = .now()
    var group = GroupRow(name: "a \"b\" \\ c", rules: 1, every: .seconds(30), lastEvaluation: Clock.now())
    (group.took, group.evaluations) = (0.001, 7)
    var system = EngineFigures.System(
      system: "shop", endpoints: 2, series: 9, appended: 90, answers: 8, groups: [group])
    (system.skipped, system.states, system.alerts) = (0, ["up": 2], ["firing": 0, "pending": 1])
    return AgentMetrics(surroundings, figures: EngineFigures(at: Clock.now(), systems: [system]))
      .page(isOpenMetrics: isOpenMetrics)
  }

  @Test func promtoolFindsNothingToSay() throws {
    let file = "/tmp/midwatch-page-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: file) }
    try Data(Self.page(isOpenMetrics: false)).write(to: URL(fileURLWithPath: file))
    let outcome = try Child.run(
      "/bin/sh", ["-c", "promtool check metrics < \(file)"], environment: ["PATH": "/usr/bin:/bin"])
    #expect(outcome.status == 0 && outcome.out.isEmpty && outcome.err.isEmpty, "\(outcome.out)\(outcome.err)")
  }

  @Test func prometheusScrapesItFromOurListener() throws {
    let accepted = Mutex<[String]>([])
    let server = try WebServer(at: .loopback(port: 0)) { request, _ in
      guard case .metrics(let isOpenMetrics) = AgentRoute(request) else { return HTTPResponse(404) }
      accepted.withLock { $0.append(isOpenMetrics ? "OpenMetrics" : "text") }
      let type = isOpenMetrics ? "application/openmetrics-text; version=1.0.0" : "text/plain; version=0.0.4"
      return HTTPResponse(
        200, fields: [("content-type", type)], body: Self.page(isOpenMetrics: isOpenMetrics))
    }
    defer { server.stop() }
    let peer = try Peer(
      "prometheus",
      files: [
        "prometheus.yml":
          "global: {scrape_interval: 1s}\nscrape_configs: [{job_name: own, static_configs: [{targets: ['\(server.address)']}]}]\n"
      ], ready: "/-/ready"
    ) { port, folder in
      [
        "--config.file=\(folder)/prometheus.yml", "--storage.tsdb.path=\(folder)/data",
        "--web.listen-address=127.0.0.1:\(port)",
      ]
    }
    for expression in [
      "up{job=\"own\"}==1", "midwatch_build_info{version=\"t\"}", "midwatch_polls_total==8",
      "process_open_fds",
      "midwatch_rule_group_evaluations_total{group=\"a \\\"b\\\" \\\\ c\"}==7",
    ] {
      var allowed = CharacterSet.alphanumerics
      allowed.insert(charactersIn: "_")
      let text = try #require(expression.addingPercentEncoding(withAllowedCharacters: allowed))
      _ = try Condition.wait(for: expression) {
        Net.get("\(peer.url)/api/v1/query?query=\(text)")?.body.contains("\"value\":[") == true ? true : nil
      }
    }
    #expect(accepted.withLock { $0.contains("OpenMetrics") }, "Prometheus asks for OpenMetrics first")
  }
}
