import Metrics
import PromQL

extension Exercise {
  /// An expression that is accepted prints to a text that is accepted and prints the same again; evaluating it
  /// over a small store ends.
  static func promql(_ bytes: [UInt8]) throws(Broken) {
    let text = String(decoding: bytes, as: UTF8.self)
    let options = PromQL.ParseOptions(experimental: true)
    guard let expr = try? PromQL.parse(text, options: options) else { return }
    let canonical = expr.description
    guard let again = try? PromQL.parse(canonical, options: options) else {
      throw Broken("\(text) prints as \(canonical), which is refused")
    }
    guard again.description == canonical else {
      throw Broken("\(canonical) prints as \(again.description) when it is read again")
    }
    var limits = EvaluationOptions()
    limits.sampleLimit = 5_000
    var query = Query(expr, options: limits)
    _ = try? query.instant(at: 600_000, in: store)
    _ = try? query.range(from: 300_000, to: 600_000, step: 60_000, in: store)
  }

  /// Ten minutes of a few series, with a reset, a gap, a stale marker and odd values.
  private static let store: Store = {
    var store = Store()
    for (index, code) in ["200", "404", "500"].enumerated() {
      let labels = Labels([("__name__", "requests_total"), ("code", code), ("job", "api")])
      for step in 0..<20 {
        let value = step == 9 ? 0 : Double(step * (index + 1))
        store.append(labels, t: Int64(step) * 30_000, v: step == 15 && index == 2 ? staleNaN : value)
      }
    }
    for (bound, count) in [("0.1", 3.0), ("1", 7), ("+Inf", 9)] {
      let labels = Labels([("__name__", "latency_bucket"), ("le", bound), ("job", "api")])
      for step in 0..<20 { store.append(labels, t: Int64(step) * 30_000, v: count * Double(step)) }
    }
    let odd = ["nan": Double.nan, "inf": .infinity, "tiny": .leastNonzeroMagnitude, "up": 1]
    for (name, value) in odd.sorted(by: { $0.key < $1.key }) {
      store.append(Labels([("__name__", name), ("job", "api")]), t: 590_000, v: value)
    }
    return store
  }()
}
