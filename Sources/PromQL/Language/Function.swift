/// A function's signature; what it computes stands in `Evaluation/Functions`.
package struct Function: Hashable, Sendable {
  package let name: String
  package let arguments: [ValueType]
  /// How many of the last arguments may be left out; -1 when the last may be repeated.
  package let optional: Int
  package let result: ValueType
  package var isExperimental = false
}
