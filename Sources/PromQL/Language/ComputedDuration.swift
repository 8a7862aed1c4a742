import Glibc

/// A range, step or offset that is computed when the query begins: `5m * 2`, `max_of(step(), 1m)`.
/// Experimental.
package indirect enum ComputedDuration: Hashable, Sendable {
  case number(NumberLiteral)
  /// The step of the query; 0 for an instant one.
  case step
  /// From the first to the last time of the query.
  case range
  case least(ComputedDuration, ComputedDuration)
  case greatest(ComputedDuration, ComputedDuration)
  case negative(ComputedDuration)
  /// An arithmetic operator; division and remainder by 0 are refused.
  case binary(BinaryOperator, ComputedDuration, ComputedDuration)
  case parenthesised(ComputedDuration)

  /// In seconds; `step` and `range` are those of the query, in seconds.
  func seconds(step: Double, range: Double) throws(DivisionByZero) -> Double {
    switch self {
    case .number(let number): return number.value
    case .step: return step
    case .range: return range
    case .least(let a, let b):
      return smaller(try a.seconds(step: step, range: range), try b.seconds(step: step, range: range))
    case .greatest(let a, let b):
      return larger(try a.seconds(step: step, range: range), try b.seconds(step: step, range: range))
    case .negative(let inner): return -(try inner.seconds(step: step, range: range))
    case .binary(let op, let left, let right):
      let divisor = try right.seconds(step: step, range: range)
      if divisor == 0, op == .divide || op == .modulo { throw DivisionByZero() }
      return op.arithmetic(try left.seconds(step: step, range: range), divisor) ?? .nan
    case .parenthesised(let inner): return try inner.seconds(step: step, range: range)
    }
  }

  /// Milliseconds of a plain number with or without a sign; nil where something has to be computed.
  var literal: NumberLiteral? {
    switch self {
    case .number(let number): return number
    case .negative(.number(let number)):
      return NumberLiteral(value: -number.value, isDuration: number.isDuration, place: number.place)
    default: return nil
    }
  }

  struct DivisionByZero: Error {}
}

extension ComputedDuration: CustomStringConvertible {
  package var description: String {
    switch self {
    case .number(let number): number.description
    case .step: "step()"
    case .range: "range()"
    case .least(let a, let b): "min_of(\(a), \(b))"
    case .greatest(let a, let b): "max_of(\(a), \(b))"
    case .negative(let inner): "-\(inner)"
    case .binary(let op, let left, let right): "\(left) \(op.rawValue) \(right)"
    case .parenthesised(let inner): "(\(inner))"
    }
  }
}
