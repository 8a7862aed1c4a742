import Metrics
import PromQL
import Values

extension Expr {
  /// The unit of an expression's values, as far as the names of its metrics tell: `_seconds`, `_bytes`,
  /// `_ratio`, `_percent`, `_celsius`. A rate has none; a quotient of like units is a ratio.
  package var unit: Figure.Unit {
    switch self {
    case .number, .string: return .none
    case .selector(let selector): return Self.unit(ofMetric: selector.metricName)
    case .range(let range): return Self.unit(ofMetric: range.selector.metricName)
    case .subquery(let subquery): return subquery.expr.unit
    case .parenthesised(let inner, _): return inner.unit
    case .unary(let unary): return unary.operand.unit
    case .call(let call): return Self.unit(of: call)
    case .aggregation(let aggregation):
      switch aggregation.op {
      case .sum, .avg, .min, .max, .topk, .bottomk, .quantile, .stddev, .limitk, .limitRatio:
        return aggregation.expr.unit
      case .count, .group, .stdvar, .countValues: return .none
      }
    case .binary(let binary): return Self.unit(of: binary)
    }
  }

  private static func unit(of binary: Binary) -> Figure.Unit {
    let (left, right) = (binary.left.unit, binary.right.unit)
    switch binary.op {
    case .divide: return left != .none && left == right ? .ratio : .none
    case .multiply:
      let isHundred = [binary.left, binary.right].contains { side in
        if case .number(let number) = side { return number.value == 100 }
        return false
      }
      return isHundred && (left == .ratio || right == .ratio) ? .percent : .none
    case .add, .subtract: return left == .none ? right : left
    case .power, .modulo, .atan2, .trimUpper, .trimLower: return .none
    case .and, .or, .unless: return left
    default: return binary.returnsBool ? .none : left == .none ? right : left
    }
  }

  private static func unit(of call: Call) -> Figure.Unit {
    switch call.function.name {
    case "abs", "ceil", "floor", "round", "clamp", "clamp_max", "clamp_min", "increase", "delta", "idelta",
      "avg_over_time", "min_over_time", "max_over_time", "sum_over_time", "last_over_time",
      "first_over_time", "stddev_over_time", "predict_linear", "sort", "sort_desc", "scalar", "vector",
      "label_replace", "label_join":
      return call.arguments.first?.unit ?? .none
    case "quantile_over_time": return call.arguments.last?.unit ?? .none
    case "histogram_quantile":
      // The value is one of the bucket's bounds, whatever was done to the counts.
      return call.arguments.last?.selectors.first.map { unit(ofMetric: $0.selector.metricName) } ?? .none
    case "time", "timestamp": return .seconds
    default: return .none
    }
  }

  private static func unit(ofMetric name: String?) -> Figure.Unit {
    guard var name = name?.utf8[...] else { return .none }
    for ending in endings where name.ends(with: ending) { name = name.dropLast(ending.count) }
    return units.first { name.ends(with: $0.ending) }?.unit ?? .none
  }
}

/// What says how a metric is counted, behind its unit.
private let endings = ["_total", "_bucket", "_sum"].map { Array($0.utf8) }

private let units: [(ending: [UInt8], unit: Figure.Unit)] = [
  (Array("_seconds".utf8), .seconds), (Array("_bytes".utf8), .bytes), (Array("_ratio".utf8), .ratio),
  (Array("_percent".utf8), .percent), (Array("_celsius".utf8), .celsius),
]

extension Substring.UTF8View {
  fileprivate func ends(with ending: [UInt8]) -> Bool {
    count >= ending.count && suffix(ending.count).elementsEqual(ending)
  }
}

extension Selector {
  /// The metric's name, before the braces or in them.
  var metricName: String? {
    name ?? matchers.first { $0.name == .metricName && $0.op == .equal }?.value
  }
}
