/// Runs a parsed template.
struct TemplateEvaluator {
  /// How a list of nodes ended.
  private enum Flow { case goesOn, breaks, continues }

  let context: TemplateContext
  let definitions: [String: [TemplateNode]]
  private var variables: [(name: String, value: TemplateValue)] = []
  private var output = ""
  private var depth = 0
  private var steps = 0

  /// Bounds for templates that would not end, or fill the memory.
  private static let deepestCall = 20
  private static let mostSteps = 200_000
  private static let longestOutput = 1 << 20

  init(context: TemplateContext, definitions: [String: [TemplateNode]]) {
    self.context = context
    self.definitions = definitions
  }

  mutating func run(_ nodes: [TemplateNode]) throws(TemplateError) -> String {
    let labels = TemplateValue.strings(context.labels)
    let external = TemplateValue.strings(context.externalLabels)
    let root = TemplateRecord(
      typeName: "struct",
      fields: [
        ("Labels", labels), ("ExternalLabels", external), ("ExternalURL", .string(context.externalURL)),
        ("Value", .real(context.value)),
      ])
    variables = [
      ("$", .record(root)), ("$labels", labels), ("$externalLabels", external),
      ("$externalURL", .string(context.externalURL)), ("$value", .real(context.value)),
    ]
    _ = try walk(nodes, dot: .record(root))
    return output
  }

  // MARK: Nodes

  private mutating func walk(_ nodes: [TemplateNode], dot: TemplateValue) throws(TemplateError) -> Flow {
    for node in nodes {
      let flow = try walk(node, dot: dot)
      if flow != .goesOn { return flow }
    }
    return .goesOn
  }

  private mutating func walk(_ node: TemplateNode, dot: TemplateValue) throws(TemplateError) -> Flow {
    switch node {
    case .text(let text): try write(text, at: 0)
    case .action(let pipeline):
      let value = try evaluate(pipeline, dot: dot)
      if pipeline.variables.isEmpty { try write(GoPrinting.text(value), at: pipeline.offset) }
    case .condition(let pipeline, let then, let otherwise):
      return try inScope { evaluator throws(TemplateError) in
        let isTrue = try evaluator.evaluate(pipeline, dot: dot).isTrue
        return try evaluator.walk(isTrue ? then : otherwise, dot: dot)
      }
    case .with(let pipeline, let then, let otherwise):
      return try inScope { evaluator throws(TemplateError) in
        let value = try evaluator.evaluate(pipeline, dot: dot)
        return try evaluator.walk(value.isTrue ? then : otherwise, dot: value.isTrue ? value : dot)
      }
    case .range(let pipeline, let body, let otherwise):
      return try inScope { evaluator throws(TemplateError) in
        try evaluator.range(pipeline, body, otherwise, dot: dot)
      }
    case .call(let name, let pipeline, let offset): try call(name, pipeline, dot: dot, at: offset)
    case .breakLoop: return .breaks
    case .continueLoop: return .continues
    }
    return .goesOn
  }

  private mutating func inScope(
    _ body: (inout TemplateEvaluator) throws(TemplateError) -> Flow
  ) throws(TemplateError) -> Flow {
    let scope = variables.count
    defer { variables.removeLast(max(0, variables.count - scope)) }
    return try body(&self)
  }

  private mutating func range(
    _ pipeline: TemplatePipeline, _ body: [TemplateNode], _ otherwise: [TemplateNode], dot: TemplateValue
  ) throws(TemplateError) -> Flow {
    let value = try evaluate(pipeline, dot: dot)
    let scope = variables.count
    let count: Int
    let pair: (Int) -> (TemplateValue, TemplateValue)
    switch value {
    case .list(let list):
      count = list.count
      pair = { (.integer($0), list[$0]) }
    case .map(let map, _):
      let sorted = map.sorted { $0.key < $1.key }
      count = sorted.count
      pair = { (.string(sorted[$0].key), sorted[$0].value) }
    case .integer(let bound):
      guard pipeline.variables.count < 2 else {
        throw TemplateError("can't use \(bound) to iterate over more than one variable", at: pipeline.offset)
      }
      count = max(0, bound)
      pair = { (.integer($0), .integer($0)) }
    case .null:
      count = 0
      pair = { (.integer($0), .null) }
    default:
      throw TemplateError("range can't iterate over \(GoPrinting.text(value))", at: pipeline.offset)
    }
    for index in 0..<count {
      try countStep(at: pipeline.offset)
      let (key, element) = pair(index)
      if let first = pipeline.variables.first {
        set(first, pipeline.variables.count == 2 ? key : element)
        if let second = pipeline.variables.dropFirst().first { set(second, element) }
      }
      let flow = try walk(body, dot: element)
      variables.removeLast(max(0, variables.count - scope))
      if flow == .breaks { break }
    }
    return count == 0 ? try walk(otherwise, dot: dot) : .goesOn
  }

  private mutating func call(
    _ name: String, _ pipeline: TemplatePipeline?, dot: TemplateValue, at offset: Int
  ) throws(TemplateError) {
    guard let nodes = definitions[name] else {
      throw TemplateError("template \"\(name)\" not defined", at: offset)
    }
    guard depth < Self.deepestCall else { throw TemplateError("exceeded maximum template depth", at: offset) }
    var argument = TemplateValue.null
    if let pipeline { argument = try evaluate(pipeline, dot: dot) }
    let outer = variables
    variables = [("$", argument)]
    depth += 1
    defer {
      variables = outer
      depth -= 1
    }
    _ = try walk(nodes, dot: argument)
  }

  private mutating func write(_ text: String, at offset: Int) throws(TemplateError) {
    output += text
    guard output.utf8.count <= Self.longestOutput else {
      throw TemplateError("the text grows too long", at: offset)
    }
    try countStep(at: offset)
  }

  private mutating func countStep(at offset: Int) throws(TemplateError) {
    steps += 1
    guard steps <= Self.mostSteps else {
      throw TemplateError("the template takes too many steps", at: offset)
    }
  }

  /// The nearest variable of that name.
  private mutating func set(_ name: String, _ value: TemplateValue) {
    if let index = variables.lastIndex(where: { $0.name == name }) { variables[index].value = value }
  }

  private func variable(_ name: String) -> TemplateValue {
    variables.last { $0.name == name }?.value ?? .null
  }

  // MARK: Pipelines

  private mutating func evaluate(
    _ pipeline: TemplatePipeline, dot: TemplateValue
  ) throws(TemplateError) -> TemplateValue {
    try countStep(at: pipeline.offset)
    var value: TemplateValue?
    for command in pipeline.commands { value = try evaluate(command, dot: dot, last: value) }
    let result = value ?? .null
    if pipeline.assigns {
      for name in pipeline.variables.prefix(1) { set(name, result) }
    } else {
      for name in pipeline.variables { variables.append((name, result)) }
    }
    return result
  }

  /// - Parameter last: what the pipeline's command before this one yielded, its last argument.
  private mutating func evaluate(
    _ command: TemplateCommand, dot: TemplateValue, last: TemplateValue?
  ) throws(TemplateError) -> TemplateValue {
    guard let first = command.operands.first else { return .null }
    let arguments = command.operands.dropFirst()
    switch first {
    case .function(let name):
      return try function(name, arguments, dot: dot, last: last, at: command.offset)
    case .fields(let names):
      return try fields(names, of: dot, arguments, dot: dot, last: last, at: command.offset)
    case .variable(let name, let names) where !names.isEmpty:
      return try fields(names, of: variable(name), arguments, dot: dot, last: last, at: command.offset)
    case .chain(let operand, let names):
      let receiver = try evaluate(operand, dot: dot, at: command.offset)
      return try fields(names, of: receiver, arguments, dot: dot, last: last, at: command.offset)
    case .null: throw TemplateError("nil is not a command", at: command.offset)
    default:
      guard arguments.isEmpty, last == nil else {
        throw TemplateError("can't give argument to non-function", at: command.offset)
      }
      return try evaluate(first, dot: dot, at: command.offset)
    }
  }

  private mutating func evaluate(
    _ operand: TemplateOperand, dot: TemplateValue, at offset: Int
  ) throws(TemplateError) -> TemplateValue {
    switch operand {
    case .boolean(let value): return .boolean(value)
    case .number(.integer(let value)): return .integer(value)
    case .number(.real(let value)): return .real(value)
    case .number(.imaginary(let value)): return .imaginary(value)
    case .string(let text): return .string(text)
    case .dot: return dot
    case .null: return .null
    case .fields(let names): return try fields(names, of: dot, [], dot: dot, last: nil, at: offset)
    case .variable(let name, let names):
      return names.isEmpty
        ? variable(name) : try fields(names, of: variable(name), [], dot: dot, last: nil, at: offset)
    case .function(let name): return try function(name, [], dot: dot, last: nil, at: offset)
    case .pipeline(let pipeline): return try evaluate(pipeline, dot: dot)
    case .chain(let inner, let names):
      return try fields(
        names, of: evaluate(inner, dot: dot, at: offset), [], dot: dot, last: nil, at: offset)
    }
  }

  private mutating func function(
    _ name: String, _ operands: ArraySlice<TemplateOperand>, dot: TemplateValue, last: TemplateValue?,
    at offset: Int
  ) throws(TemplateError) -> TemplateValue {
    if name == "and" || name == "or" {
      return try shortCircuit(name == "or", operands, dot: dot, last: last, at: offset)
    }
    var arguments: [TemplateValue] = []
    for operand in operands { arguments.append(try evaluate(operand, dot: dot, at: offset)) }
    if let last { arguments.append(last) }
    return try TemplateFunctions.call(name, arguments, context, at: offset)
  }

  /// `and` and `or` evaluate only as far as they must, and yield the value that decided.
  private mutating func shortCircuit(
    _ stopsAtTrue: Bool, _ operands: ArraySlice<TemplateOperand>, dot: TemplateValue, last: TemplateValue?,
    at offset: Int
  ) throws(TemplateError) -> TemplateValue {
    guard !operands.isEmpty || last != nil else {
      throw TemplateError(
        "wrong number of args for \(stopsAtTrue ? "or" : "and"): want at least 1 got 0", at: offset)
    }
    var value = TemplateValue.null
    for operand in operands {
      value = try evaluate(operand, dot: dot, at: offset)
      if value.isTrue == stopsAtTrue { return value }
    }
    return last ?? value
  }

  /// `.a.b`: the last name may be a method, which takes the arguments.
  private mutating func fields(
    _ names: [String], of receiver: TemplateValue, _ operands: ArraySlice<TemplateOperand>,
    dot: TemplateValue,
    last: TemplateValue?, at offset: Int
  ) throws(TemplateError) -> TemplateValue {
    var value = receiver
    for (index, name) in names.enumerated() {
      var arguments: [TemplateValue] = []
      if index == names.count - 1 {
        for operand in operands { arguments.append(try evaluate(operand, dot: dot, at: offset)) }
        if let last { arguments.append(last) }
      }
      value = try TemplateFields.value(of: name, in: value, arguments, at: offset)
    }
    return value
  }
}
