/// The functions that a template may call: Go's own, and Prometheus'.
enum TemplateFunctions {
  /// One call: its arguments, and what it may look at.
  struct Call {
    let name: String
    let arguments: [TemplateValue]
    let context: TemplateContext
    let offset: Int

    func error(_ what: String) -> TemplateError {
      TemplateError("error calling \(name): \(what)", at: offset)
    }

    func argument(_ index: Int) -> TemplateValue {
      arguments.indices.contains(index) ? arguments[index] : .null
    }

    /// An argument whose type is Go's string.
    func string(_ index: Int) throws(TemplateError) -> String {
      guard case .string(let text) = argument(index) else {
        throw TemplateError(
          "wrong type for value; expected string; got \(argument(index).typeName)", at: offset)
      }
      return text
    }

    /// An argument that Prometheus turns into a number: numbers, and text that reads as one.
    func number(_ index: Int) throws(TemplateError) -> Double {
      switch argument(index) {
      case .real(let value): return value
      case .integer(let value): return Double(value)
      case .duration(let nanoseconds): return Double(nanoseconds) / 1e9
      case .string(let text):
        guard let value = GoNumber.float(text) else {
          throw error("strconv.ParseFloat: parsing \(text.debugDescription): invalid syntax")
        }
        return value
      default: throw error("can't convert \(argument(index).typeName) to float64")
      }
    }
  }

  struct Definition: Sendable {
    /// How many arguments it takes.
    let arity: ClosedRange<Int>
    let body: @Sendable (Call) throws(TemplateError) -> TemplateValue

    init(_ arity: ClosedRange<Int>, _ body: @escaping @Sendable (Call) throws(TemplateError) -> TemplateValue)
    {
      self.arity = arity
      self.body = body
    }

    init(_ arity: Int, _ body: @escaping @Sendable (Call) throws(TemplateError) -> TemplateValue) {
      self.init(arity...arity, body)
    }
  }

  /// An upper bound for functions that take any number of arguments.
  static let many = 1000

  /// `and` and `or` are evaluated by ``TemplateEvaluator``, because they stop early.
  private static let definitions: [String: Definition] = builtins.merging(prometheus) { _, theirs in theirs }

  static func isDefined(_ name: String) -> Bool {
    name == "and" || name == "or" || definitions[name] != nil
  }

  static func call(
    _ name: String, _ arguments: [TemplateValue], _ context: TemplateContext, at offset: Int
  ) throws(TemplateError) -> TemplateValue {
    guard let definition = definitions[name] else {
      throw TemplateError("function \"\(name)\" not defined", at: offset)
    }
    guard definition.arity.contains(arguments.count) else {
      let few = arguments.count < definition.arity.lowerBound
      throw TemplateError(
        "wrong number of args for \(name): want at \(few ? "least" : "most") "
          + "\(few ? definition.arity.lowerBound : definition.arity.upperBound) got \(arguments.count)",
        at: offset)
    }
    return try definition.body(
      Call(name: name, arguments: arguments, context: context, offset: offset))
  }
}
