import Values

/// A function of the language: its signature and its work.
package struct Function: Sendable {
  package let name: String
  package let arguments: [ValueType]
  /// How often the last argument may come, less one: 0 exactly once, n up to n times or never, -1 any number.
  package let optional: Int
  package let result: ValueType
  package let isExperimental: Bool
  let work: Work

  /// What a function does; the evaluator does the rest (arguments, labels, names).
  enum Work: Sendable {
    /// Each value by itself.
    case each(@Sendable (Double) -> Double)
    /// Each value with the numbers that follow; nil leaves the series out.
    case eachWith(@Sendable (Double, [Double]) -> Double?)
    /// Each value as a time in seconds; without an argument, the evaluation's time. Far times are given within
    /// the first 400 years, and how many multiples of those later.
    case date(@Sendable (_ time: CivilTime, _ yearsLater: Int) -> Int)
    /// Each series' window.
    case window(keepsName: Bool = false, @Sendable (Window) -> Double?)
    case number(@Sendable (Evaluation, CallPlan, Int64) throws(EvaluationError) -> Double)
    /// The whole vector, whose labels follow from those of the argument.
    case vector(@Sendable (Evaluation, CallPlan, Int64) throws(EvaluationError) -> Vector)
    /// The whole vector, element by element.
    case elements(@Sendable (Evaluation, CallPlan, Int64) throws(EvaluationError) -> [Element])
    /// Needs native histograms, which are refused.
    case refused
  }

  init(
    _ name: String, _ arguments: [ValueType], optional: Int = 0, returns result: ValueType = .vector,
    experimental: Bool = false, _ work: Work
  ) {
    self.name = name
    self.arguments = arguments
    self.optional = optional
    self.result = result
    isExperimental = experimental
    self.work = work
  }

  package static func named(_ name: String) -> Function? { byName[name] }

  /// All of them, by name.
  package static let all = registry.sorted { $0.name < $1.name }

  private static let byName = Dictionary(registry.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
}

extension Function: Hashable {
  package static func == (a: Self, b: Self) -> Bool { a.name == b.name }

  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
