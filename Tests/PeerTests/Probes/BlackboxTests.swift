import Foundation
import TestSupport
import Testing

/// The same targets, probed by midwatch and by blackbox_exporter side by side.
@Suite(
  .serialized,
  .enabled(
    if: Estate.missing.isEmpty && Peer.has("prometheus-blackbox-exporter"),
    "prometheus-blackbox-exporter, \(Estate.missing) or another is not installed: make test-peers installs them"
  ))
struct BlackboxTests {
  /// The series of one case: ours or theirs, by name and phase.
  private typealias Series = [String: Double]

  @Test func bothSayTheSame() throws {
    let estate = try Estate()
    let cases = BlackboxCase.all
    #expect(Set(cases.map(\.name)).count == cases.count && cases.count >= 50)
    let endpoints = cases.enumerated().map { index, one in
      let timeout = one.ours.contains("timeout:") ? "" : ", timeout: 2s"
      return "  c\(index): {\(estate.fill(one.ours)), labels: {case: c\(index)}\(timeout)}\n"
    }
    let watch = try Midwatch("endpoints:\n" + endpoints.joined())
    // A client certificate is used for a folder that somebody trusts.
    try watch.trust()
    let ours = try Self.ours(watch)
    let rows = try watch.rows()
    let modules =
      "modules:\n"
      + cases.enumerated().map { index, one in "  c\(index): {timeout: 2s, \(estate.fill(one.theirs))}\n" }
      .joined()
    let blackbox = try Peer(
      "prometheus-blackbox-exporter", files: ["blackbox.yml": modules], ready: "/-/healthy"
    ) {
      ["--web.listen-address=127.0.0.1:\($0)", "--config.file=\($1)/blackbox.yml"]
    }
    var agreed = 0
    var table = ""
    for (index, one) in cases.enumerated() {
      let mine = try #require(ours["c\(index)"], "\(one.name): \(String(describing: rows["c\(index)"]))")
      let theirs = try Self.theirs(blackbox, "c\(index)", estate.fill(one.target))
      let notes = compare(one, mine, theirs, reason: rows["c\(index)"]?.reason)
      if notes.isEmpty { agreed += 1 }
      table += Self.line(one, mine, notes, rows["c\(index)"]?.reason)
    }
    if !BlackboxCase.hasEchoes { table += "left out: icmp, for this group may not send echoes here\n" }
    print(table + "\(agreed) of \(cases.count) agree in every figure; where one differs stands why.")
  }

  /// What differs and why; an expectation fails where no reason is known.
  private func compare(_ one: BlackboxCase, _ mine: Series, _ theirs: Series, reason: String?) -> [String] {
    #expect(mine["probe_success"] == (one.isUp ? 1 : 0), "\(one.name): \(reason ?? "no reason")")
    #expect(one.isUp || reason != nil, "\(one.name) is down without a reason")
    var notes: [String] = []
    for figure in BlackboxCase.Figure.allCases {
      let (a, b) = (mine[figure.rawValue], theirs[figure.rawValue])
      // A status that nobody gave is 0 with both, or not there.
      let isSame = a == b || (a ?? 0) == 0 && (b ?? 0) == 0
      if let why = one.differs[figure] {
        #expect(!isSame, "\(one.name): \(figure.rawValue) agrees, and differs no more: \(why)")
        notes.append("\(figure.rawValue) \(Self.text(a)), theirs \(Self.text(b)): \(why)")
      } else {
        #expect(
          isSame,
          "\(one.name): \(figure.rawValue) is \(Self.text(a)), theirs \(Self.text(b)); \(reason ?? "")")
        if !isSame { notes.append("\(figure.rawValue) \(Self.text(a)), theirs \(Self.text(b))") }
      }
    }
    comparePhases(one, mine, theirs)
    return notes
  }

  /// Two clocks never say the same; what takes long must take long for both, and what is not there for neither.
  private func comparePhases(_ one: BlackboxCase, _ mine: Series, _ theirs: Series) {
    guard one.isUp, one.ours.hasPrefix("http:") else { return }
    for phase in ["resolve", "connect", "tls", "processing", "transfer"] {
      let (a, b) = (
        mine["probe_http_duration_seconds/\(phase)"], theirs["probe_http_duration_seconds/\(phase)"]
      )
      #expect(
        a != nil && b != nil, "\(one.name): the phase \(phase) is \(Self.text(a)), theirs \(Self.text(b))")
      #expect((a ?? -1) >= 0 && (a ?? 9) < 2.5, "\(one.name): \(phase) \(Self.text(a))")
      if phase == "tls" {
        #expect((a == 0) == (b == 0), "\(one.name): tls \(Self.text(a)), theirs \(Self.text(b))")
      }
      // A server that sleeps for 0.6 s sleeps for both; all the rest takes milliseconds.
      if phase == one.slow {
        #expect((a ?? 0) >= 0.5 && (b ?? 0) >= 0.5, "\(one.name): \(Self.text(a)), theirs \(Self.text(b))")
      }
    }
  }

  private static func ours(_ watch: Midwatch) throws -> [String: Series] {
    var all: [String: Series] = [:]
    for (name, value) in try watch.series("{__name__=~\"probe_.*\"}") {
      guard let label = name.firstMatch(of: /case="(c\d+)"/) else { continue }
      all[String(label.1), default: [:]][key(name)] = value
    }
    return all
  }

  private static func theirs(_ blackbox: Peer, _ module: String, _ target: String) throws -> Series {
    var allowed = CharacterSet.alphanumerics
    allowed.insert(charactersIn: "_")
    let escaped = try #require(target.addingPercentEncoding(withAllowedCharacters: allowed))
    let answer = try #require(
      Net.get("\(blackbox.url)/probe?module=\(module)&target=\(escaped)"), "\(target)")
    try #require(answer.status == 200, "\(module) \(answer.body)")
    var series: Series = [:]
    for line in answer.body.split(separator: "\n") where !line.hasPrefix("#") {
      guard let space = line.lastIndex(of: " ") else { continue }
      series[key(String(line[..<space]))] = Double(line[line.index(after: space)...])
    }
    return series
  }

  /// The name, and the phase where there is one.
  private static func key(_ series: String) -> String {
    let name = String(series.prefix { $0 != "{" })
    guard let phase = series.firstMatch(of: /phase="(\w+)"/) else { return name }
    return "\(name)/\(phase.1)"
  }

  private static func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "absent" }

  private static func line(_ one: BlackboxCase, _ mine: Series, _ notes: [String], _ reason: String?)
    -> String
  {
    let state = mine["probe_success"] == 1 ? "up  " : "down"
    let name = one.name.padding(toLength: 26, withPad: " ", startingAt: 0)
    let found = notes.isEmpty ? "agrees " : "DIFFERS"
    return "\(found) \(name) \(state) \(([reason] + notes).compactMap { $0 }.joined(separator: "; "))\n"
  }
}
