import Alerting
import Metrics
import Simulator
import Testing
import Values

/// Bundled drills played against their system's rules, without a socket: polls and evaluations in turn.
@Suite struct DrillExpectationTests {
  /// The names of the alerts that begin to fire, each with the time since the start.
  private func play(_ path: String, for length: Span, every step: Span) throws -> [(alert: String, at: Span)]
  {
    let system = String(path.prefix { $0 != "/" })
    let (groups, problems) = RuleFile.parse(try Bundled.text("\(system)/rules.yaml"), file: "rules.yaml")
    #expect(problems.map(\.description) == [])
    let endpoints = try Bundled.endpoints(of: system)
    let player = DrillPlayer(
      Estate(
        system: system, drill: try Bundled.drill(path),
        endpoints: endpoints.map { .init(name: $0, path: "/\($0)", healthy: SimulatedAnswer()) }))
    var rules = groups.map { RuleGroup($0) }
    var store = Store()
    var fired: [(alert: String, at: Span)] = []
    for milliseconds in stride(from: 0, through: length.milliseconds, by: Int(step.milliseconds)) {
      let elapsed = Span(milliseconds: milliseconds)
      let now = (Instant(milliseconds: 1_700_000_000_000) + elapsed).milliseconds
      for endpoint in endpoints {
        poll(endpoint, player.answer(to: "/\(endpoint)", at: elapsed), at: now, into: &store)
      }
      for index in rules.indices {
        let result = rules[index].evaluate(at: now, in: &store)
        #expect(result.failures.isEmpty)
        fired += result.transitions.filter { $0.to == .firing }.map { ($0.rule, elapsed) }
      }
    }
    return fired
  }

  private func poll(_ endpoint: String, _ answer: SimulatedAnswer, at now: Int64, into store: inout Store) {
    let isUp = answer.fault == nil && (200..<300).contains(answer.status)
    let probe = [
      ("probe_success", isUp ? 1 : 0), ("probe_duration_seconds", answer.latency.seconds),
      ("probe_http_status_code", Double(answer.status)),
    ]
    for (name, value) in probe {
      _ = store.append(Labels(["__name__": name, "job": endpoint]), t: now, v: value)
    }
    guard answer.headers["content-type"]?.hasPrefix("text/plain; version=0.0.4") == true else { return }
    guard case .success(let page) = Exposition.parse(answer.body, format: .prometheusText) else {
      Issue.record("the page is no exposition")
      return
    }
    for sample in page.samples {
      let labels = Labels(sample.labels.pairs.map { ($0.name, $0.value) } + [("job", endpoint)])
      _ = store.append(labels, t: now, v: sample.value)
    }
  }

  private static let failing = Bundled.files(ending: ".yaml").filter {
    $0.contains("/drills/") && !$0.hasSuffix("/ordinary.yaml")
  }

  @Test(arguments: failing)
  func everyExpectedAlertFiresInTimeAndNotAtOnce(_ path: String) throws {
    let drill = try Bundled.drill(path)
    #expect(!drill.expect.isEmpty)
    let length = try #require(drill.expect.map(\.within).max())
    let fired = try play(path, for: length, every: drill.every ?? .seconds(15))
    for expectation in drill.expect {
      let first = fired.first { $0.alert == expectation.alert }?.at
      #expect(first.map { $0 <= expectation.within && $0 > .zero } == true, "\(expectation.alert)")
    }
  }

  @Test(arguments: ["ensei-packs", "fluxori", "jamble-inventory", "nova-rms"])
  func anOrdinaryNightIsSilent(_ system: String) throws {
    let fired = try play("\(system)/drills/ordinary.yaml", for: .hours(1), every: .seconds(30))
    #expect(fired.map(\.alert) == [])
  }
}
