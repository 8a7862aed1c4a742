import Metrics

/// An expression of PromQL.
package indirect enum Expr: Hashable, Sendable {
  case number(NumberLiteral)
  case string(StringLiteral)
  case selector(Selector)
  case range(RangeSelector)
  case subquery(Subquery)
  case call(Call)
  case aggregation(Aggregation)
  case unary(Unary)
  case binary(Binary)
  case parenthesised(Expr, Place)
}

/// What an expression yields.
package enum ValueType: String, Hashable, Sendable {
  case scalar
  case string
  /// One value per series at one time.
  case vector
  /// Several values per series.
  case matrix

  /// As messages name it.
  var described: String {
    switch self {
    case .scalar: "scalar"
    case .string: "string"
    case .vector: "instant vector"
    case .matrix: "range vector"
    }
  }

  package var withArticle: String { (self == .vector ? "an " : "a ") + described }
}

/// `42`, `1e3`, `Inf`, `5m`.
package struct NumberLiteral: Hashable, Sendable {
  package let value: Double
  /// Written as a duration: the value is in seconds.
  package let isDuration: Bool
  package let place: Place
}

package struct StringLiteral: Hashable, Sendable {
  package let value: String
  /// The bytes, which need not be UTF-8 (`"\xff"`).
  let bytes: [UInt8]
  package let place: Place
}

/// When a selector looks: `@` pins the time, `offset` is subtracted from it.
package struct TimeShift: Hashable, Sendable {
  package enum Pin: Hashable, Sendable {
    /// Milliseconds since 1970.
    case time(Int64)
    case start
    case end
  }

  package var pin: Pin?
  /// Milliseconds; negative looks ahead.
  package var offset: Int64 = 0
  /// What yields the offset when the query begins; then `offset` is 0 until it did. Experimental.
  package var computedOffset: ComputedDuration?

  package init() {}
}

/// `up{job="api"} @ 100 offset 5m`: the newest value of each series.
package struct Selector: Hashable, Sendable {
  /// The name before the braces; nil when the name is a matcher or there is none.
  package let name: String?
  /// All of them, the name's included.
  package let matchers: [Matcher]
  package var shift = TimeShift()
  /// Whether samples beside the range, or beside the time, count, too. Experimental.
  package var extent = Extent.plain
  package let place: Place
  /// Its number within the expression.
  let index: Int

  package enum Extent: String, Hashable, Sendable {
    case plain
    /// The last sample before the range stands for its beginning.
    case anchored
    /// Values at the ends of the range, or at the time, are interpolated between the samples around them.
    case smoothed
  }
}

/// `up[5m]`: the values of the time before.
package struct RangeSelector: Hashable, Sendable {
  package var selector: Selector
  /// Milliseconds.
  package var range: Int64
  /// What yields the range when the query begins; then `range` is 0 until it did. Experimental.
  package var computedRange: ComputedDuration?
  package let place: Place
}

/// `(expr)[1h:5m]`: an expression's values at every step of the time before.
package struct Subquery: Hashable, Sendable {
  package var expr: Expr
  /// Milliseconds.
  package var range: Int64
  /// Milliseconds; nil is the default of the evaluation.
  package var step: Int64?
  /// What yields the two when the query begins; then they are 0 and nil until it did. Experimental.
  package var computedRange: ComputedDuration?
  package var computedStep: ComputedDuration?
  package var shift = TimeShift()
  package let place: Place
}

package struct Call: Hashable, Sendable {
  package let function: Function
  package let arguments: [Expr]
  package let place: Place
}

package struct Aggregation: Hashable, Sendable {
  package enum Operator: String, CaseIterable, Sendable {
    case sum, avg, min, max, count, group, stddev, stdvar, topk, bottomk, quantile, limitk
    case countValues = "count_values"
    case limitRatio = "limit_ratio"
  }

  package let op: Operator
  package let grouping: [String]
  /// `without` instead of `by`.
  package let isWithout: Bool
  /// The first argument of `topk`, `bottomk`, `quantile`, `count_values`.
  package let parameter: Expr?
  package let expr: Expr
  package let place: Place
  /// Its number within the expression.
  let index: Int
}

package struct Unary: Hashable, Sendable {
  package let isNegative: Bool
  package let operand: Expr
  package let place: Place
}

package struct Binary: Hashable, Sendable {
  package let op: BinaryOperator
  package let left: Expr
  package let right: Expr
  /// Nil when a side is a scalar.
  package let matching: VectorMatching?
  /// `bool`: 0 or 1 instead of a filter.
  package let returnsBool: Bool
  package let place: Place
  /// Its number within the expression.
  let index: Int
}

package enum BinaryOperator: String, CaseIterable, Sendable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case modulo = "%"
  case power = "^"
  case atan2
  case equal = "=="
  case notEqual = "!="
  case greater = ">"
  case less = "<"
  case greaterOrEqual = ">="
  case lessOrEqual = "<="
  case and, or, unless
  /// `</` and `>/`, which are for native histograms.
  case trimUpper = "</"
  case trimLower = ">/"

  package var isComparison: Bool {
    switch self {
    case .equal, .notEqual, .greater, .less, .greaterOrEqual, .lessOrEqual: true
    default: false
    }
  }

  package var isSet: Bool { self == .and || self == .or || self == .unless }
}

/// How series of two vectors find each other.
package struct VectorMatching: Hashable, Sendable {
  package enum Cardinality: Sendable { case oneToOne, manyToOne, oneToMany, manyToMany }

  package var cardinality: Cardinality = .oneToOne
  /// `on` instead of `ignoring`.
  package var isOn = false
  package var labels: [String] = []
  /// The labels taken from the one side: `group_left (labels)`.
  package var included: [String] = []
  /// What stands for an element that the left (right) side lacks: `fill_left (0)`. Experimental.
  package var fillLeft: Double?
  package var fillRight: Double?
}

extension Expr {
  package var place: Place {
    switch self {
    case .number(let node): node.place
    case .string(let node): node.place
    case .selector(let node): node.place
    case .range(let node): node.place
    case .subquery(let node): node.place
    case .call(let node): node.place
    case .aggregation(let node): node.place
    case .unary(let node): node.place
    case .binary(let node): node.place
    case .parenthesised(_, let place): place
    }
  }

  package var valueType: ValueType {
    switch self {
    case .number: .scalar
    case .string: .string
    case .selector, .aggregation: .vector
    case .range, .subquery: .matrix
    case .call(let call): call.function.result
    case .unary(let unary): unary.operand.valueType
    case .binary(let binary):
      binary.left.valueType == .scalar && binary.right.valueType == .scalar ? .scalar : .vector
    case .parenthesised(let inner, _): inner.valueType
    }
  }
}
