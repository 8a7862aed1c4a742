import Foundation
import TestSupport
import Testing

/// The command line against nginx and node exporter on loopback.
@Suite struct RealInputTests {
  private func nginx(in sandbox: Sandbox, port: UInt16) throws -> Server {
    try sandbox.write(
      """
      daemon off;
      master_process off;
      pid \(sandbox.path)/nginx.pid;
      error_log \(sandbox.path)/error.log;
      events {}
      http {
        access_log off;
        client_body_temp_path \(sandbox.path)/t1; proxy_temp_path \(sandbox.path)/t2;
        fastcgi_temp_path \(sandbox.path)/t3; uwsgi_temp_path \(sandbox.path)/t4; scgi_temp_path \(sandbox.path)/t5;
        server { listen 127.0.0.1:\(port); location = /health { return 200 '{"status":"ok"}'; } }
      }
      """, to: "nginx.conf")
    let server = try Server(
      "/usr/sbin/nginx", ["-e", sandbox.path + "/error.log", "-c", sandbox.path + "/nginx.conf"])
    _ = try Condition.wait(for: "nginx") { Server.fetch("http://127.0.0.1:\(port)/health") }
    return server
  }

  private func nodeExporter(port: UInt16) throws -> Server {
    let server = try Server("/usr/bin/prometheus-node-exporter", ["--web.listen-address=127.0.0.1:\(port)"])
    _ = try Condition.wait(for: "node exporter") { Server.fetch("http://127.0.0.1:\(port)/metrics") }
    return server
  }

  @Test func aSystemIsWrittenCheckedAndQueried() throws {
    let sandbox = try Sandbox()
    let web = try Server.freePort()
    let node = try Server.freePort()
    let nginx = try nginx(in: sandbox, port: web)
    let exporter = try nodeExporter(port: node)
    defer { exporter.stop() }
    let made = try sandbox.midwatch(
      "init", "shop", "--health", "http://127.0.0.1:\(web)/health", "--metrics",
      "http://127.0.0.1:\(node)/metrics")
    #expect(made.status == 0, "\(made.err)")
    let valid = try sandbox.midwatch("validate", "playbooks")
    #expect(valid.status == 0, "\(valid.out)")

    let fine = try sandbox.midwatch("check")
    #expect(fine.status == 0, "\(fine.out)\(fine.err)")
    #expect(fine.out.contains("health") && fine.out.contains("metrics"))

    let page = try #require(Server.fetch("http://127.0.0.1:\(node)/metrics"))
    let boot = try #require(page.split(separator: "\n").first { $0.hasPrefix("node_boot_time_seconds ") })
    let expected = try #require(Double(boot.split(separator: " ").last ?? ""))
    let query = try sandbox.midwatch("query", "node_boot_time_seconds")
    #expect(query.status == 0, "\(query.err)")
    #expect(
      query.out.split(separator: " ").last.flatMap { Double($0.dropLast()) } == expected, "\(query.out)")

    nginx.stop()
    let down = try sandbox.midwatch("check")
    #expect(down.status == 2)
    #expect(down.out.contains("connection refused"), "\(down.out)")
  }

  @Test func theRateOfACounterRaisedByAKnownStepIsTheStep() throws {
    let sandbox = try Sandbox()
    let counter = try CountingServer(step: 5)
    defer { counter.stop() }
    _ = try sandbox.midwatch("init", "count", "--metrics", "http://127.0.0.1:\(counter.port)/metrics")
    let rate = try sandbox.midwatch("query", "rate(steps_total[10s])", "--samples", "4", "--every", "1s")
    #expect(rate.status == 0, "\(rate.err)")
    let value = try #require(
      rate.out.split(separator: " ").last.flatMap { Double($0.filter { !$0.isWhitespace }) })
    // Prometheus extrapolates over the window: (last - first) / window, stretched to its ends.
    let delta = try sandbox.midwatch("query", "delta(steps_total[3s])", "--samples", "4", "--every", "1s")
    #expect(value > 0)
    #expect(delta.status == 0)
    let step = try sandbox.midwatch("query", "irate(steps_total[10s])", "--samples", "4", "--every", "1s")
    #expect(
      step.out.split(separator: " ").last.flatMap { Double($0.filter { !$0.isWhitespace }) } == 5,
      "\(step.out)")
  }

  @Test func nothingConfiguredSaysHowToBegin() throws {
    let sandbox = try Sandbox()
    let outcome = try sandbox.midwatch("check")
    #expect(outcome.status == 3, "to a script 1 is a warning")
    #expect(outcome.err.contains("midwatch init"))
    let wrong = try sandbox.midwatch("init", "shop", "--health", "ftp://127.0.0.1/")
    #expect(wrong.status == 1)
    #expect(wrong.err.contains("is no URL"))
    #expect(try sandbox.midwatch("check", "shop").err.contains("no system shop"), "nothing was written")
  }
}
