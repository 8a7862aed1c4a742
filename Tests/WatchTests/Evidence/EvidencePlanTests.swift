import Incidents
import Metrics
import Systems
import TestSupport
import Testing
import Values
import Watch

@Suite struct EvidencePlanTests {
  private let start = Instant(rfc3339: "2026-11-21T03:00:00Z") ?? Instant(milliseconds: 0)

  private static let rules = """
    groups:
      - name: shop
        rules:
          - {record: "shop:rate", expr: "rate(work_total[10m])"}
          - {alert: Slow, expr: "shop:rate < 1"}
          - {alert: Deep, expr: "depth offset 2h > 200"}
          - {alert: Quiet, expr: "other > 1"}
    """

  private func incident(resolved: Int64? = nil) throws -> Incident {
    var incident = Incident(key: "INC-1")
    incident.apply(
      try event(
        IncidentDeclared.kind,
        """
        {"number":1,"systems":["shop"],"severity":"S1","title":"t","started":"\(start.rfc3339)",
         "clocks":[],"escalation":[],"cadence":[]}
        """, at: start + .minutes(1)))
    if let resolved {
      incident.apply(
        try event(IncidentStatusChanged.kind, #"{"to":"Resolved"}"#, at: start + .minutes(resolved)))
    }
    return incident
  }

  private func event(_ kind: String, _ body: String, at: Instant) throws -> Event {
    Event(
      origin: "00", seq: 1, id: "e", kind: kind, version: 1, occurred: at, ended: nil, recorded: at,
      actor: Actor(handle: "ops1", host: "h", uid: 1), incident: "INC-1", ticket: nil,
      body: Array(body.utf8))
  }

  private func occasion(_ rules: [String], _ endpoints: [String] = []) -> EvidencePlan.Occasion {
    var occasion = EvidencePlan.Occasion()
    (occasion.rules, occasion.endpoints) = (rules, endpoints)
    return occasion
  }

  private func plan(
    _ occasion: EvidencePlan.Occasion, _ evidence: SeriesEvidence? = nil, resolved: Int64? = nil,
    at minute: Int64
  ) throws -> EvidencePlan? {
    EvidencePlan(
      for: try incident(resolved: resolved), folder: try Player.folder(rules: Self.rules), occasion: occasion,
      evidence: evidence, at: start + .minutes(minute))
  }

  /// What the journal knows after a piece.
  private func folded(_ pieces: [EvidencePiece]) throws -> SeriesEvidence {
    var evidence = SeriesEvidence(key: "INC-1/shop")
    for piece in pieces {
      let body = String(decoding: try FactCoding.encode(piece.act.fact), as: UTF8.self)
      evidence.apply(try event(EvidenceSampled.kind, body, at: start))
    }
    return evidence
  }

  /// A sample every 30 s from two hours before the start until an hour after it.
  private func store(_ names: [String]) -> Store {
    var store = Store()
    for step in Int64(-240)...120 {
      for name in names {
        let labels = Labels([(.metricName, name), ("instance", "127.0.0.1:1"), ("job", "health")])
        store.append(labels, t: (start + .seconds(30) * step).milliseconds, v: Double(step))
      }
    }
    return store
  }

  private func times(_ piece: EvidencePiece, _ name: String) throws -> [Int64] {
    var history = SampleHistory()
    try history.read(piece.act.bytes, format: .openMetrics)
    let id = try #require(history.store.select([Matcher(.metricName, name)]).first)
    return history.store.samples(id, after: .min, through: .max).map {
      ($0.t - start.milliseconds) / 1000
    }
  }

  @Test func aRulesSeriesAndWhatTheyAreRecordedFromAreWanted() throws {
    let plan = try #require(try plan(occasion(["Slow"]), at: 2))
    #expect(plan.parts.map(\.text) == ["shop:rate", "work_total"])
    // Half an hour, and what each looks back at.
    #expect(plan.parts.map(\.from) == [start - .minutes(35), start - .minutes(40)])
    #expect(plan.parts.allSatisfy { $0.until == start + .minutes(2) - EvidencePlan.slack })
    #expect(plan.rules == [.init(rule: "Slow", expr: "shop:rate < 1")])
  }

  @Test func lookingBackForLongIsCutAndTold() throws {
    let plan = try #require(try plan(occasion(["Deep"]), at: 2))
    #expect(plan.parts.map(\.text) == ["depth"])
    #expect(plan.parts.map(\.from) == [start - .minutes(90)])
    #expect(plan.missing.first?.hasPrefix("Deep looks back 2h5m") == true)
  }

  @Test func anObjectivesAlertBringsHowFastItsBudgetBurns() throws {
    let system = """
      title: Shop
      slos:
        - {title: Orders work, objective: 99%, window: 30d, good: 'sum(rate(good_total[$window]))', total: 'sum(rate(work_total[$window]))'}
      """
    let folder = try Player.folder(system: system)
    let occasion = EvidencePlan.Occasion(
      of: try incident(), system: "shop",
      events: [
        try event(
          AlertFired.kind,
          #"{"system":"shop","rule":"ErrorBudgetBurn","level":"page","activeAt":"\#(start.rfc3339)","labels":{"slo":"Orders work","window":"1h"}}"#,
          at: start)
      ], firing: [])
    #expect(occasion.rules.isEmpty)
    #expect(occasion.burns == [.init(objective: "Orders work", window: "1h")])
    let plan = try #require(
      EvidencePlan(
        for: try incident(), folder: folder, occasion: occasion, evidence: nil, at: start + .minutes(2)))
    #expect(plan.missing == [])
    #expect(plan.rules.map(\.rule) == ["ErrorBudgetBurn"])
    #expect(
      plan.parts.map(\.text) == [
        #"slo:burn:ratio{slo="Orders work",window="1h"}"#, #"slo:burn:ratio{slo="Orders work",window="5m"}"#,
        #"slo:covered:count{slo="Orders work"}"#,
      ])
    // What is not in the journal yet is copied at once: that of another window is not.
    #expect(!occasion.isKnown(to: nil))
    let piece = try #require(
      EvidencePiece(plan, from: store(["up"]), limits: EvidenceLimits(), known: nil))
    let evidence = try folded([piece])
    #expect(occasion.isKnown(to: evidence))
    for (objective, window) in [("Orders work", "5m"), ("Orders work", "6h"), ("Orders", "1h")] {
      var other = occasion
      other.burns.append(.init(objective: objective, window: window))
      #expect(!other.isKnown(to: evidence), "\(objective) \(window)")
    }
    var gone = EvidencePlan.Occasion()
    gone.burns = [.init(objective: "Orders work", window: "9h")]
    gone.rules = ["Gone"]
    #expect(
      EvidencePlan(
        for: try incident(), folder: folder, occasion: gone, evidence: nil, at: start + .minutes(2)) == nil)
  }

  @Test func onlyWhatFiredSinceIsNew() throws {
    let first = occasion(["Deep"], ["health"])
    #expect(!first.isKnown(to: nil) && occasion([]).isKnown(to: nil))
    let plan = try #require(try plan(first, at: 2))
    let piece = try #require(
      EvidencePiece(plan, from: store(["depth", "up"]), limits: EvidenceLimits(), known: nil))
    let evidence = try folded([piece])
    #expect(first.isKnown(to: evidence))
    #expect(!occasion(["Deep", "Other"]).isKnown(to: evidence))
    #expect(!occasion([], ["api"]).isKnown(to: evidence))
  }

  @Test func endpointsBringTheirOwnSeries() throws {
    let plan = try #require(try plan(occasion([], ["health", "gone"]), at: 2))
    #expect(plan.endpoints.map(\.endpoint) == ["health"])
    #expect(plan.missing == ["gone is not among the endpoints of shop any more."])
    let piece = try #require(
      EvidencePiece(
        plan, from: store(["probe_success", "up", "depth"]), limits: EvidenceLimits(), known: nil))
    #expect(piece.act.fact.series == 2)
  }

  @Test func piecesFollowEachOtherWithoutGapOrDouble() throws {
    let store = store(["depth", "other"])
    let limits = EvidenceLimits()
    let begun = try #require(try plan(occasion(["Quiet"]), at: 2))
    let first = try #require(EvidencePiece(begun, from: store, limits: limits, known: nil))
    var pieces = [first]
    // Not yet worth a piece; then a new rule alone, from its beginning; then both.
    #expect(try plan(occasion(["Quiet"]), try folded(pieces), at: 4) == nil)
    let news = try #require(try plan(occasion(["Quiet", "Deep"]), try folded(pieces), at: 4))
    #expect(news.parts.map(\.text) == ["depth"])
    pieces.append(try #require(EvidencePiece(news, from: store, limits: limits, known: try folded(pieces))))
    let next = try #require(try plan(occasion(["Quiet", "Deep"]), try folded(pieces), at: 9))
    pieces.append(try #require(EvidencePiece(next, from: store, limits: limits, known: try folded(pieces))))
    // Resolved: once the polls under way are over, the rest, to the last moment and no further.
    let last = try #require(try plan(occasion(["Quiet", "Deep"]), try folded(pieces), resolved: 20, at: 21))
    pieces.append(try #require(EvidencePiece(last, from: store, limits: limits, known: try folded(pieces))))
    #expect(try plan(occasion(["Quiet", "Deep"]), try folded(pieces), resolved: 20, at: 40) == nil)
    let other = try [pieces[0], pieces[2], pieces[3]].flatMap { try times($0, "other") }
    #expect(other == Array(stride(from: -35 * 60, through: 20 * 60, by: 30)))
    let depth = try [pieces[1], pieces[2], pieces[3]].flatMap { try times($0, "depth") }
    #expect(depth == Array(stride(from: -90 * 60, through: 20 * 60, by: 30)))
  }

  @Test func whatTwoSelectorsHaveIsCopiedOnce() throws {
    let store = store(["depth"])
    let begun = try #require(try plan(occasion(["Deep"]), at: 2))
    let first = try #require(EvidencePiece(begun, from: store, limits: EvidenceLimits(), known: nil))
    var evidence = try folded([first])
    // Another selector, which finds the same series.
    let rules = "groups: [{name: g, rules: [{alert: Same, expr: '{job=\"health\"} > 1'}]}]"
    let plan = try #require(
      EvidencePlan(
        for: try incident(), folder: try Player.folder(rules: rules), occasion: occasion(["Same"]),
        evidence: evidence, at: start + .minutes(3)))
    let piece = try #require(EvidencePiece(plan, from: store, limits: EvidenceLimits(), known: evidence))
    #expect(try times(piece, "depth") == [120, 150])
    evidence = try folded([first, piece])
    #expect(evidence.samples == first.act.fact.samples + 2)
  }

  @Test func whatDoesNotFitIsCounted() throws {
    let plan = try #require(try plan(occasion(["Deep", "Quiet"]), at: 2))
    var limits = EvidenceLimits()
    limits.samples = 100
    let piece = try #require(
      EvidencePiece(plan, from: store(["depth", "other"]), limits: limits, known: nil))
    let fact = piece.act.fact
    #expect((fact.series, fact.samples, fact.leftOutSeries) == (1, 100, 1))
    // 184 samples of the one, of which 100 fit, and 74 of the other.
    #expect(fact.leftOutSamples == 84 + 74)
    // The next piece has no room, and that is known.
    let known = try folded([piece])
    let next = try #require(try self.plan(occasion(["Deep", "Quiet"]), known, at: 10))
    #expect(EvidencePiece(next, from: store(["depth", "other"]), limits: limits, known: known) == nil)
  }

  @Test func whatIsNotThereIsToldOnce() throws {
    let plan = try #require(try plan(occasion(["Quiet", "Gone"]), at: 2))
    let piece = try #require(EvidencePiece(plan, from: Store(), limits: EvidenceLimits(), known: nil))
    #expect(piece.act.fact.blob == nil)
    #expect(piece.act.fact.missing?.count == 2)
    let known = try folded([piece])
    let next = try #require(try self.plan(occasion(["Quiet", "Gone"]), known, at: 10))
    #expect(EvidencePiece(next, from: Store(), limits: EvidenceLimits(), known: known) == nil)
  }

  @Test func otherSystemsAndOtherTimesAreNotWanted() throws {
    #expect(try plan(occasion([]), at: 2) == nil)
    #expect(try plan(occasion(["Quiet"]), at: -31) == nil)
  }
}
