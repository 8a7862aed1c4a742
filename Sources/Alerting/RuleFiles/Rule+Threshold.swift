import PromQL

extension Rule {
  /// The same rule with another number to compare with; nil when it compares with none, or in a way in which no other
  /// can stand.
  package func comparing(with value: Double) -> Rule? {
    guard let changed = expr.comparing(with: value), changed.threshold?.value == value else { return nil }
    return replacing(changed)
  }

  /// The same rule over another expression.
  func replacing(_ expr: Expr) -> Rule {
    Rule(
      kind: kind, expr: expr, source: "\(expr)", hold: hold, keep: keep, labels: labels,
      annotations: annotations, file: file, position: position, isBuiltIn: isBuiltIn)
  }

  /// Its outermost comparison as a filter of a vector by a number, when that is all that stands between the measure
  /// and the alert: then one evaluation of ``Comparison/measure`` answers for every number. Nil when something more
  /// does, such as `and`, `bool`, or a label that shows the value.
  package var comparison: Comparison? {
    guard isAlerting, !labels.contains(where: { $0.template?.seesValue ?? false }) else { return nil }
    var expr = expr
    while case .parenthesised(let inner, _) = expr { expr = inner }
    guard case .binary(let binary) = expr, binary.op.isComparison, !binary.returnsBool else { return nil }
    let sides = [(binary.left, binary.right, false), (binary.right, binary.left, true)]
    for (measure, number, isMirrored) in sides {
      guard measure.valueType == .vector, number.valueType == .scalar, number.constant != nil else {
        continue
      }
      return Comparison(measure: measure, op: binary.op, isMirrored: isMirrored)
    }
    return nil
  }

  /// A vector compared with a number.
  package struct Comparison: Sendable {
    package let measure: Expr
    let op: BinaryOperator
    /// The number stands on the left.
    let isMirrored: Bool

    /// Whether an element of the measure passes.
    @inline(__always) package func holds(_ value: Double, against threshold: Double) -> Bool {
      let (a, b) = isMirrored ? (threshold, value) : (value, threshold)
      switch op {
      case .greater: return a > b
      case .greaterOrEqual: return a >= b
      case .less: return a < b
      case .lessOrEqual: return a <= b
      case .equal: return a == b
      default: return a != b
      }
    }

    /// The ascending thresholds, none of them NaN, that an element passes: those of the range, or where the comparison
    /// is `!=` all others. Logarithmic.
    @inline(__always)
    package func passed(_ value: Double, among ascending: UnsafeBufferPointer<Double>) -> Range<Int> {
      switch op {
      case .equal, .notEqual:
        return Self.count(ascending) { $0 < value }..<Self.count(ascending) { $0 <= value }
      case .greater where !isMirrored, .less where isMirrored: return 0..<Self.count(ascending) { $0 < value }
      case .greaterOrEqual where !isMirrored, .lessOrEqual where isMirrored:
        return 0..<Self.count(ascending) { $0 <= value }
      case .less, .greater:
        return value.isNaN ? 0..<0 : Self.count(ascending) { $0 <= value }..<ascending.count
      default: return value.isNaN ? 0..<0 : Self.count(ascending) { $0 < value }..<ascending.count
      }
    }

    /// Whether ``passed(_:among:)`` says which thresholds an element does not pass.
    package var passesOthers: Bool { op == .notEqual }

    /// How many there are at the beginning for which it holds.
    @inline(__always)
    private static func count(_ ascending: UnsafeBufferPointer<Double>, _ isBefore: (Double) -> Bool) -> Int {
      var (low, high) = (0, ascending.count)
      while low < high {
        let middle = low &+ (high &- low) / 2
        if isBefore(ascending[middle]) { low = middle &+ 1 } else { high = middle }
      }
      return low
    }
  }
}
