/// Texts of random expressions of the whole language, experimental parts included; the same for the same seed.
struct RandomExpressions {
  private var random: SplitMix64

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  private mutating func pick(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }

  private mutating func pick(_ choices: [String]) -> String { choices[pick(choices.count)] }

  mutating func text() -> String { pick(6) == 0 ? scalar(3) : vector(4) }

  private mutating func vector(_ depth: Int) -> String {
    guard depth > 0 else { return selector() + shift() }
    let inner = depth - 1
    switch pick(11) {
    case 0: return selector() + shift()
    case 1: return "(\(vector(inner)))"
    case 2: return pick(["-", "+"]) + vector(inner)
    case 3:
      return pick(["rate", "increase", "delta", "count_over_time", "last_over_time"]) + "(\(matrix(inner)))"
    case 4: return pick(["abs", "ceil", "sort", "absent", "timestamp", "info"]) + "(\(vector(inner)))"
    case 5: return "quantile_over_time(\(scalar(inner)), \(matrix(inner)))"
    case 6: return "label_replace(\(vector(inner)), \(string()), \(string()), \(string()), \(string()))"
    case 7: return pick(["sum", "avg", "count", "group"]) + grouping() + "(\(vector(inner)))"
    case 8:
      return pick(["topk", "limitk", "quantile", "limit_ratio"]) + "(\(scalar(inner)), \(vector(inner)))"
        + grouping()
    case 9: return "\(vector(inner)) \(comparison()) \(scalar(inner))"
    default: return "\(vector(inner)) \(matching()) \(vector(inner))"
    }
  }

  private mutating func scalar(_ depth: Int) -> String {
    guard depth > 0 else { return number() }
    switch pick(6) {
    case 0: return "scalar(\(vector(depth - 1)))"
    case 1: return "(\(scalar(depth - 1)))"
    case 2:
      return
        "\(scalar(depth - 1)) \(pick(["+", "-", "*", "/", "%", "^", "atan2", "== bool"])) \(scalar(depth - 1))"
    case 3: return pick(["-", "+"]) + scalar(depth - 1)
    case 4: return pick(["time()", "pi()", "step()", "max_of(1, 2)"])
    default: return number()
    }
  }

  private mutating func matrix(_ depth: Int) -> String {
    if pick(3) == 0 {
      return
        "\(pick(2) == 0 ? selector() : "(\(vector(depth)))")[\(duration(2)):\(pick(2) == 0 ? "" : duration(1))]"
        + shift()
    }
    return selector() + "[\(duration(2))]" + pick(["", "", " anchored", " smoothed"]) + shift()
  }

  private mutating func selector() -> String {
    let names = ["up", "http_requests_total", "job:x:rate5m", "sum", "step", "anchored_total", "inf_x", ":a"]
    switch pick(3) {
    case 0: return pick(names)
    case 1: return "{" + matcher() + ",\(pick(["job", "\"my label\""]))!=\(string())}"
    default: return pick(names) + "{" + (0..<pick(3)).map { _ in matcher() }.joined(separator: ", ") + "}"
    }
  }

  private mutating func matcher() -> String {
    pick(["job", "instance", "le", "\"utf8.é\"", "on", "by"]) + pick(["=", "=~"])
      + pick(["\"a\"", "'x.y'", "`z`", "\"a|b\"", "\"5..\""])
  }

  private mutating func string() -> String {
    pick(["\"\"", "\"a\\\"b\"", "'\\n'", "`\\d`", "\"é\"", "\"\\xff\"", "'$1'"])
  }

  private mutating func number() -> String {
    pick([
      "0", "1", "42", "1.5", "1e100", "0x1f", "5m", "1h30m", "Inf", "NaN", "1_000", "1e-9", ".5", "017",
    ])
  }

  private mutating func duration(_ depth: Int) -> String {
    guard depth > 0 else { return pick(["5m", "1h30m", "90", "1.5", "10s", "1ms"]) }
    switch pick(9) {
    case 0: return "(\(duration(depth - 1)))"
    case 1: return "\(duration(depth - 1)) \(pick(["+", "-", "*", "/", "%", "^"])) \(duration(depth - 1))"
    case 2: return pick(["step()", "range()"])
    case 3: return pick(["min_of", "max_of"]) + "(\(duration(depth - 1)), -\(duration(depth - 1)))"
    default: return duration(0)
    }
  }

  private mutating func shift() -> String {
    let pin = pick(["", "", " @ 100.5", " @ start()", " @ end()", " @ -3"])
    let offset = pick([
      "", "", " offset 5m", " offset -90", " offset step()", " offset (1m + 5)", " offset -max_of(1s, 2)",
    ])
    return pick(2) == 0 ? pin + offset : offset + pin
  }

  private mutating func grouping() -> String {
    pick(["", "", " by (job)", " without (a, \"b c\")", " by ()"])
  }

  private mutating func comparison() -> String {
    pick(["+", "-", "*", "/", "%", "^", ">", "< bool", "== bool", "!=", ">=", "atan2"])
  }

  private mutating func matching() -> String {
    switch pick(5) {
    case 0: return pick(["and", "or", "unless"]) + pick(["", " on (job)", " ignoring (a)"])
    case 1: return comparison() + pick([" on (job) group_left (a)", " ignoring (a) group_right ()"])
    case 2:
      return pick(["+", "*", "=="]) + " on (job)"
        + pick([" fill (0)", " fill_left (-1)", " fill_right (2) fill_left (1)"])
    default: return comparison() + pick(["", " on ()", " ignoring (a, b)"])
    }
  }
}
