import Foundation
import TestSupport
import Testing

/// The agent as a service: what it tells systemd, what signals do, what it serves.
@Suite(.serialized) struct AgentServiceTests {
  private let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    try write("shop", "endpoints: {beat: {push: 1h, every: 1s}}")
  }

  private func write(_ name: String, _ rest: String) throws {
    try sandbox.write("title: \(name)\nevery: 1s\n\(rest)\n", to: "playbooks/\(name)/system.yaml")
  }

  /// Its end of the socket that systemd listens at.
  private final class Systemd {
    let path: String
    private let descriptor: Int32
    private(set) var heard: [String] = []

    init(_ path: String) throws {
      self.path = path
      descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
      var address = sockaddr_un()
      address.sun_family = sa_family_t(AF_UNIX)
      withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
      let bound = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
      }
      try #require(bound == 0)
    }

    deinit { close(descriptor) }

    /// Waits until a datagram with such a line came; those before it are forgotten.
    func wait(for line: String, location: SourceLocation = #_sourceLocation) throws {
      let place = try Condition.wait(for: "\(line) after \(heard)", location: location) {
        var buffer = [UInt8](repeating: 0, count: 4096)
        var count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
        while count > 0 {
          heard.append(String(decoding: buffer.prefix(count), as: UTF8.self))
          count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
        }
        return heard.firstIndex { $0.components(separatedBy: "\n").contains { $0.hasPrefix(line) } }
      }
      heard.removeFirst(place + 1)
    }
  }

  @Test func systemdKnowsHowItIs() throws {
    let systemd = try Systemd(sandbox.path + "/notify")
    let agent = try AgentProcess(
      sandbox, "a", environment: ["NOTIFY_SOCKET": systemd.path, "WATCHDOG_USEC": "1000000"])
    try systemd.wait(for: "READY=1")
    try systemd.wait(for: "WATCHDOG=1")
    try systemd.wait(for: "WATCHDOG=1")
    try write("second", "endpoints: {beat: {push: 1h, every: 1s}}")
    kill(agent.child.id, SIGHUP)
    try systemd.wait(for: "MONOTONIC_USEC=")
    try systemd.wait(for: "READY=1")
    #expect(try sandbox.midwatch("push", "second", "beat").status == 0, "a folder that is new is watched")
    #expect(kill(agent.child.id, SIGTERM) == 0)
    try systemd.wait(for: "STOPPING=1")
    #expect(agent.child.wait() == 0)
    #expect(try sandbox.midwatch("journal", "verify").status == 0)
  }

  @Test func oneThatWaitsIsReadyAndNotWell() throws {
    let first = try AgentProcess(sandbox, "first", ["--listen", "127.0.0.1:0"])
    try first.waitErr(for: "polling")
    let systemd = try Systemd(sandbox.path + "/notify")
    let second = try AgentProcess(
      sandbox, "second", ["--listen", "127.0.0.1:0"], environment: ["NOTIFY_SOCKET": systemd.path])
    try systemd.wait(for: "STATUS=process \(first.child.id) holds the engine lock; waiting to take over")
    let health = try Web.ask(try second.address() + "/healthz")
    #expect(health?.status == 503)
    #expect(health?.body == "Process \(first.child.id) holds the engine lock; this one waits.\n")
    #expect(try Web.ask(try second.address() + "/metrics")?.body.contains("midwatch_engine_held 0\n") == true)
    #expect(try Web.ask(try second.address() + "/push/shop/beat", "POST")?.status == 503)
    _ = try Condition.wait(for: "the first to be well") {
      try Web.ask(try first.address() + "/healthz")?.status == 200 ? true : nil
    }
    kill(first.child.id, SIGKILL)
    try systemd.wait(for: "STATUS=polling")
    _ = try Condition.wait(for: "the second to be well") {
      try Web.ask(try second.address() + "/healthz")?.status == 200 ? true : nil
    }
    #expect(second.end() == 0)
  }

  @Test func aSecretThatIsRotatedIsUsedAndABadEditIsNot() throws {
    let server = try CountingServer(step: 1, bearers: ["of-tomorrow"])
    defer { server.stop() }
    try write(
      "shop",
      """
      secrets: {TOKEN: {file: token}}
      endpoints: {page: {scrape: "http://127.0.0.1:\(server.port)/", bearer: "${TOKEN}"}}
      """)
    try sandbox.write("of-today\n", to: "playbooks/shop/token")
    #expect(try sandbox.midwatch("trust", "--yes", sandbox.path + "/playbooks/shop").status == 0)
    let agent = try AgentProcess(sandbox, "a")
    try agent.waitOut(for: "endpoint down shop page")
    // Nobody says anything: the file alone is another.
    try sandbox.write("of-tomorrow\n", to: "playbooks/shop/token")
    try agent.waitOut(for: "endpoint up shop page")
    try sandbox.write("titel: nonsense\n", to: "playbooks/shop/system.yaml")
    try agent.waitErr(for: "shop has mistakes, so what was read before goes on: system.yaml:1:1: ")
    kill(agent.child.id, SIGHUP)
    try agent.waitErr(for: "reloaded")
    server.stop()
    try agent.waitOut(for: "refused")
    #expect(agent.end() == 0)
    // Once for the edit and once for the signal: what is known is not told each second.
    #expect(agent.err.components(separatedBy: "has mistakes").count == 3, "\(agent.err)")
  }

  @Test func aSecondSignalEndsItAtOnce() throws {
    let server = try CountingServer(step: 1)
    try write("shop", "endpoints: {page: {scrape: \"http://127.0.0.1:\(server.port)/\"}}")
    let agent = try AgentProcess(sandbox, "a", ["--listen", "127.0.0.1:0"])
    try agent.waitOut(for: "endpoint up shop page")
    // Somebody keeps the journal to himself, so that the transition below has to wait.
    let holder = try Child(
      "/usr/bin/env",
      [
        "python3", "-c",
        """
        import sqlite3, sys, time
        c = sqlite3.connect(sys.argv[1], isolation_level=None)
        c.execute('BEGIN IMMEDIATE')
        open(sys.argv[2], 'w').close()
        time.sleep(600)
        """, sandbox.path + "/state/journal.db", sandbox.path + "/held",
      ], environment: Sandbox.clean)
    _ = try Condition.wait(for: "the lock") {
      FileManager.default.fileExists(atPath: sandbox.path + "/held") ? true : nil
    }
    server.stop()
    let address = try agent.address()
    _ = try Condition.wait(for: "the endpoint to be down") {
      try Web.ask(address + "/metrics")?.body.contains(
        "midwatch_endpoint_states{system=\"shop\",state=\"down\"} 1") == true
        ? true : nil
    }
    kill(agent.child.id, SIGTERM)
    _ = try Condition.wait(for: "the listener to be gone") { try Web.ask(address + "/") == nil ? true : nil }
    #expect(agent.child.isRunning, "it waits for the journal")
    #expect(agent.end() == 128 + SIGTERM)
    holder.end()
    #expect(try sandbox.midwatch("journal", "verify").status == 0)
  }

  @Test func nothingListensUnlessAskedAndElsewhereOnlyIfSaid() throws {
    let quiet = try AgentProcess(sandbox, "quiet")
    try quiet.waitErr(for: "polling")
    #expect(!quiet.err.contains("listening"))
    let sockets = try Child.run("/usr/bin/env", ["ss", "-ltnpH"], environment: Sandbox.clean)
    #expect(sockets.status != 0 || !sockets.out.contains("pid=\(quiet.child.id),"), "\(sockets.out)")
    #expect(quiet.end(by: SIGINT) == 0)
    for (address, sentence) in [
      ("0.0.0.0:0", "can be reached from other machines; add --expose"),
      ("nowhere", "is an address and a port"),
      ("127.0.0.1", "is an address and a port"), ("[::]:0", "can be reached from other machines"),
    ] {
      let outcome = try sandbox.midwatch("agent", "--listen", address)
      #expect(outcome.status == 64 && outcome.err.contains(sentence), "\(outcome.err)")
    }
    let open = try AgentProcess(sandbox, "open", ["--listen", "0.0.0.0:0", "--expose"])
    try open.waitErr(for: ", where everybody who reaches this machine can read and push")
    #expect(open.end() == 0)
  }

  @Test func aTakenPortIsSaidAndNothingIsLeftBehind() throws {
    let first = try AgentProcess(sandbox, "first", ["--listen", "127.0.0.1:0"])
    let taken = String(try first.address().dropFirst("http://".count))
    let second = try sandbox.midwatch("agent", "--listen", taken)
    #expect(second.status == 1 && second.err.contains("cannot be used: "), "\(second.err)")
    #expect(first.end() == 0)
  }
}
