import Foundation
import TestSupport
import Testing

/// The kinds that are told, or that follow: what is pushed to a live agent, and logs that it reads.
@Suite(.serialized) struct TellingKindTests {
  private static let system = """
    every: 1s
    endpoints:
      beat: {push: 5s}
      rows: {push: 1h}
      safe: {push: 1h, bearer: "${TOKEN:-t0ken}"}
      slow: {push: 1h}
    """

  private func push(_ address: String, _ name: String, _ page: String? = nil) -> Int? {
    Net.send("POST", "\(address)/push/shop/\(name)", text: page)?.status
  }

  @Test func pushIsUpDownSlowLyingAndMalformed() throws {
    let watch = try Midwatch(Self.system)
    let (agent, address) = try watch.agent()
    try watch.wait(for: "beat", "unknown", "nothing was pushed yet")
    // Up, and down once nothing came.
    #expect(push(address, "beat") == 204)
    #expect(push(address, "rows", "rows 512\n") == 204)
    try watch.wait(for: "beat", "up")
    try watch.wait(query: "rows", " 512")
    try watch.wait(for: "beat", "down", "nothing was pushed for")
    try watch.wait(query: "probe_success{job=\"beat\"}", " 0")
    // Malformed: refused with the line, and what was there before stays.
    let bad = Net.send("POST", "\(address)/push/shop/rows", text: "rows 5\nrows{\n")
    #expect(bad?.status == 400 && bad?.body.contains("Line 2") == true, "\(String(describing: bad))")
    try watch.wait(query: "rows", " 512")
    // Lying: without its token, with times of its own, in the name of nobody.
    #expect(push(address, "safe") == 401)
    #expect(push(address, "rows", "rows 5 1700000000000\n") == 400)
    #expect(push(address, "nobody") == 404)
    // Slow: it announces more than it sends. Others are heard meanwhile, and it is not.
    let port = try #require(address.split(separator: ":").last.flatMap { UInt16($0) })
    let half = try Net.connected(to: port)
    defer { close(half) }
    let head = Array("POST /push/shop/slow HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\nrows 5".utf8)
    #expect(send(half, head, head.count, Int32(MSG_NOSIGNAL)) == head.count)
    #expect(push(address, "beat") == 204)
    try watch.wait(for: "beat", "up")
    try watch.wait(for: "slow", "unknown", "nothing was pushed yet")
    kill(agent.id, SIGTERM)
    #expect(agent.wait() == 0)
  }

  private static let logs = """
    every: 1s
    endpoints:
      api:
        log: logs/api-*.jsonl
        format: json
        series: {api_lines_total: {labels: {level: $.level}}, api_ms_total: {value: $.ms}}
      absent: {log: logs/absent.log, series: {absent_total: {}}}
      ticks:
        log: {command: [sh, -c, "while :; do echo tick; sleep 0.2; done"]}
        series: {ticks_total: {}}
      ends: {log: {command: [sh, -c, "echo went wrong >&2; exit 3"]}, series: {ends_total: {}}}
      loki-hangs: {log: {loki: "http://127.0.0.1:{odd}/hang", query: '{a="b"}'}, series: {hangs_total: {}}, timeout: 1s}
      loki-lies: {log: {loki: "http://127.0.0.1:{odd}/json", query: '{a="b"}'}, series: {lies_total: {}}}
    """

  @Test(.enabled(if: Peer.has("python3"), "python3 is not installed: make test-peers installs it"))
  func logsAreUpDownSlowLyingAndMalformed() throws {
    let odd = try Peer("python3", ready: "/ok") { port, _ in [Midwatch.script("misbehaving.py"), "\(port)"] }
    let watch = try Midwatch(Self.logs.replacingOccurrences(of: "{odd}", with: "\(odd.port)"))
    let folder = watch.folder + "/logs"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let file = folder + "/api-1.jsonl"
    try append("{\"level\":\"old\",\"ms\":900}\n", to: file)
    try watch.trust()
    let (agent, _) = try watch.agent()
    // Up: what was there before it looked does not count.
    try watch.wait(for: "api", "up")
    try append("{\"level\":\"info\",\"ms\":4}\n{\"level\":\"info\",\"ms\":5}\n", to: file)
    try watch.wait(query: "api_lines_total{level=\"info\"}", " 2")
    try watch.wait(query: "api_lines_total{level=\"old\"}", "")
    try watch.wait(for: "ticks", "up")
    try watch.wait(query: "sum(ticks_total > bool 3)", " 1")
    // Malformed lines are counted, and no failure; one without an end waits for it.
    try append("half a line of no JSON\n\u{0}\u{1b}[2J\n{\"level\":\"warn\",", to: file)
    try watch.wait(query: "log_lines_unmatched_total{job=\"api\"}", " 2")
    try watch.wait(query: "api_lines_total{level=\"warn\"}", "")
    try append("\"ms\":1}\n", to: file)
    try watch.wait(query: "api_lines_total{level=\"warn\"}", " 1")
    // Lying: the file is another one under the same name, and then shorter than it was.
    try FileManager.default.moveItem(atPath: file, toPath: folder + "/api-0.jsonl")
    try append("{\"level\":\"info\",\"ms\":1}\n", to: file)
    try watch.wait(query: "api_lines_total{level=\"info\"}", " 3")
    try "{\"level\":\"e\"}\n".write(toFile: file, atomically: false, encoding: .utf8)
    try watch.wait(query: "api_lines_total{level=\"e\"}", " 1")
    try watch.wait(for: "api", "up")
    // Down, slow and lying sources.
    try watch.wait(for: "absent", "down", "there is no file")
    try watch.wait(for: "ends", "down", "went wrong")
    try watch.wait(for: "loki-hangs", "down", "no answer in 1s")
    try watch.wait(for: "loki-lies", "down")
    try append("here\n", to: folder + "/absent.log")
    try watch.wait(for: "absent", "up")
    kill(agent.id, SIGTERM)
    #expect(agent.wait() == 0)
  }

  private func append(_ text: String, to file: String) throws {
    if !FileManager.default.fileExists(atPath: file) {
      _ = FileManager.default.createFile(atPath: file, contents: nil)
    }
    let handle = try #require(FileHandle(forWritingAtPath: file))
    defer { try? handle.close() }
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(text.utf8))
  }
}
