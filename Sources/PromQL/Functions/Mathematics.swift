import Glibc
import Values

/// Go's `math.Max`: a NaN on either side wins.
func larger(_ a: Double, _ b: Double) -> Double { a.isNaN || b.isNaN ? .nan : max(a, b) }

/// Go's `math.Min`.
func smaller(_ a: Double, _ b: Double) -> Double { a.isNaN || b.isNaN ? .nan : min(a, b) }

/// To the nearest multiple; ties go up.
func rounded(_ value: Double, to nearest: Double) -> Double {
  // Multiplying by the inverse keeps 0.1 exact where a division would not.
  let inverse = 1 / nearest
  return (value * inverse + 0.5).rounded(.down) / inverse
}

/// Nil when the least bound lies above the greatest.
func clamped(_ value: Double, _ bounds: [Double]) -> Double? {
  guard let least = bounds.first, let greatest = bounds.last, !(greatest < least) else { return nil }
  return larger(least, smaller(greatest, value))
}

/// The value below which the share `phi` of the values lies, linear between neighbours; NaN counts as least.
func quantile(_ phi: Double, of values: [Double]) -> Double {
  guard !values.isEmpty, !phi.isNaN else { return .nan }
  if phi < 0 { return -.infinity }
  if phi > 1 { return .infinity }
  let sorted = values.sorted { $0.isNaN ? !$1.isNaN : $0 < $1 }
  let rank = phi * Double(sorted.count - 1)
  let lower = max(0, rank.rounded(.down))
  let upper = min(Double(sorted.count - 1), lower + 1)
  let weight = rank - rank.rounded(.down)
  return sorted[Int(lower)] * (1 - weight) + sorted[Int(upper)] * weight
}

/// A sum that carries the rounding errors along (Kahan's, with Neumaier's improvement).
struct CompensatedSum {
  var sum: Double
  var error = 0.0

  init(_ start: Double = 0) { sum = start }

  mutating func add(_ value: Double) {
    let total = sum + value
    if total.isInfinite {
      error = 0
    } else if abs(sum) >= abs(value) {
      error += (sum - total) + value
    } else {
      error += (value - total) + sum
    }
    sum = total
  }

  var total: Double { sum.isInfinite ? sum : sum + error }
}

/// An arithmetic mean that goes on incrementally where the sum would overflow.
struct Mean {
  private var sum = CompensatedSum()
  private var count = 0.0
  private var isIncremental = false

  mutating func add(_ value: Double) {
    count += 1
    if count == 1 {
      sum = CompensatedSum(value)
      return
    }
    if !isIncremental {
      var next = sum
      next.add(value)
      if !next.sum.isInfinite {
        sum = next
        return
      }
      isIncremental = true
      sum.sum /= count - 1
      sum.error /= count - 1
    }
    let share = (count - 1) / count
    sum.sum *= share
    sum.error *= share
    sum.add(value / count)
  }

  var value: Double { isIncremental ? sum.sum + sum.error : sum.sum / count + sum.error / count }
}

extension BinaryOperator {
  /// The result for two numbers; a comparison's is 1 or 0.
  func scalar(_ a: Double, _ b: Double) -> Double? {
    if let value = arithmetic(a, b) { return value }
    return compare(a, b).map { $0 ? 1 : 0 }
  }

  func arithmetic(_ a: Double, _ b: Double) -> Double? {
    switch self {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    case .modulo: fmod(a, b)
    case .power: pow(a, b)
    case .atan2: Glibc.atan2(a, b)
    default: nil
    }
  }

  func compare(_ a: Double, _ b: Double) -> Bool? {
    switch self {
    case .equal: a == b
    case .notEqual: a != b
    case .greater: a > b
    case .less: a < b
    case .greaterOrEqual: a >= b
    case .lessOrEqual: a <= b
    default: nil
    }
  }
}

extension CivilTime {
  var dayOfYear: Int { daysSinceEpoch - CivilTime(year: year, month: 1, day: 1).daysSinceEpoch + 1 }
}
