/// Builds the tree of a template, by the grammar of Go's `text/template/parse`.
struct TemplateParser {
  private let tokens: [TemplateToken]
  private var index = 0
  private let isFunction: (String) -> Bool
  /// Names in scope, innermost last.
  private var variables: [String]
  private var loops = 0
  private var depth = 0
  private(set) var definitions: [String: [TemplateNode]] = [:]

  /// Deeper nesting is refused: every level costs stack here and again when the template runs.
  private static let deepest = 60

  /// - Parameters:
  ///   - variables: names that are in scope from the beginning, each with its dollar.
  ///   - isFunction: whether a name may be called.
  init(_ text: String, variables: [String], isFunction: @escaping (String) -> Bool) throws(TemplateError) {
    tokens = try TemplateLexer.tokens(of: text)
    self.variables = variables
    self.isFunction = isFunction
  }

  mutating func parse() throws(TemplateError) -> [TemplateNode] {
    var nodes: [TemplateNode] = []
    while peek.kind != .end {
      if peek.kind == .leftDelimiter, nextWord == .define {
        try definition()
        continue
      }
      switch try item() {
      case .node(let node): nodes.append(node)
      case .end(let offset): throw TemplateError("unexpected {{end}}", at: offset)
      case .otherwise(let offset): throw TemplateError("unexpected {{else}}", at: offset)
      }
    }
    return nodes
  }

  // MARK: Items

  /// What an item of a list turned out to be.
  private enum Item {
    case node(TemplateNode)
    case end(Int)
    case otherwise(Int)
  }

  private mutating func item() throws(TemplateError) -> Item {
    let token = next()
    switch token.kind {
    case .text(let text): return .node(.text(text))
    case .leftDelimiter: return try action()
    default: throw unexpected(token, in: "the template")
    }
  }

  private mutating func action() throws(TemplateError) -> Item {
    let token = nextNonSpace()
    guard case .keyword(let word) = token.kind else {
      index -= 1
      return .node(.action(try pipeline(in: "command", until: .rightDelimiter)))
    }
    switch word {
    case .end:
      try expectClose("end")
      return .end(token.offset)
    case .else: return .otherwise(token.offset)
    case .if:
      let parts = try control("if")
      return .node(.condition(parts.pipeline, then: parts.body, otherwise: parts.otherwise))
    case .with:
      let parts = try control("with")
      return .node(.with(parts.pipeline, then: parts.body, otherwise: parts.otherwise))
    case .range:
      let parts = try control("range")
      return .node(.range(parts.pipeline, body: parts.body, otherwise: parts.otherwise))
    case .break, .continue:
      try expectClose(word.rawValue)
      guard loops > 0 else { throw TemplateError("{{\(word.rawValue)}} outside {{range}}", at: token.offset) }
      return .node(word == .break ? .breakLoop : .continueLoop)
    case .template: return .node(try call(at: token.offset))
    case .block: return .node(try block(at: token.offset))
    case .define: throw TemplateError("unexpected {{define}}", at: token.offset)
    }
  }

  /// The pipeline, body and else of an if, with or range.
  private mutating func control(
    _ word: String
  ) throws(TemplateError) -> (pipeline: TemplatePipeline, body: [TemplateNode], otherwise: [TemplateNode]) {
    try enter()
    defer { depth -= 1 }
    let scope = variables.count
    defer { variables.removeLast(variables.count - scope) }
    let pipeline = try pipeline(in: word, until: .rightDelimiter)
    if word == "range" { loops += 1 }
    let (body, hasElse) = try list()
    if word == "range" { loops -= 1 }
    return (pipeline, body, hasElse ? try otherwise(of: word) : [])
  }

  /// What follows `{{else`: a chained `if` or `with`, or a list until `{{end}}`.
  private mutating func otherwise(of word: String) throws(TemplateError) -> [TemplateNode] {
    let token = nextNonSpace()
    if token.kind == .keyword(.if), word == "if" {
      let parts = try control("if")
      return [.condition(parts.pipeline, then: parts.body, otherwise: parts.otherwise)]
    }
    if token.kind == .keyword(.with), word == "with" {
      let parts = try control("with")
      return [.with(parts.pipeline, then: parts.body, otherwise: parts.otherwise)]
    }
    guard token.kind == .rightDelimiter else { throw unexpected(token, in: "else") }
    let (nodes, hasElse) = try list()
    guard !hasElse else { throw TemplateError("expected end; found {{else}}", at: peek.offset) }
    return nodes
  }

  /// Items until `{{end}}` or `{{else`.
  private mutating func list() throws(TemplateError) -> (nodes: [TemplateNode], hasElse: Bool) {
    var nodes: [TemplateNode] = []
    while peek.kind != .end {
      switch try item() {
      case .node(let node): nodes.append(node)
      case .end: return (nodes, false)
      case .otherwise: return (nodes, true)
      }
    }
    throw TemplateError("unexpected EOF: an {{end}} is missing", at: peek.offset)
  }

  private mutating func definition() throws(TemplateError) {
    _ = next()
    _ = nextNonSpace()
    let name = try templateName(in: "define clause")
    try expectClose("define clause")
    try define(name)
  }

  private mutating func define(_ name: String) throws(TemplateError) {
    try enter()
    defer { depth -= 1 }
    let outer = (variables, loops)
    (variables, loops) = (["$"], 0)
    defer { (variables, loops) = outer }
    let start = peek.offset
    let (nodes, hasElse) = try list()
    guard !hasElse else { throw TemplateError("unexpected {{else}} in define clause", at: start) }
    guard definitions[name] == nil else {
      throw TemplateError("multiple definition of template \"\(name)\"", at: start)
    }
    definitions[name] = nodes
  }

  private mutating func call(at offset: Int) throws(TemplateError) -> TemplateNode {
    let name = try templateName(in: "template clause")
    if peekNonSpace.kind == .rightDelimiter {
      _ = nextNonSpace()
      return .call(name: name, nil, offset: offset)
    }
    return .call(name: name, try pipeline(in: "template clause", until: .rightDelimiter), offset: offset)
  }

  private mutating func block(at offset: Int) throws(TemplateError) -> TemplateNode {
    let name = try templateName(in: "block clause")
    let argument = try pipeline(in: "block clause", until: .rightDelimiter)
    try define(name)
    return .call(name: name, argument, offset: offset)
  }

  private mutating func templateName(in context: String) throws(TemplateError) -> String {
    let token = nextNonSpace()
    guard case .string(let name) = token.kind else { throw unexpected(token, in: context) }
    return name
  }

  // MARK: Pipelines

  private mutating func pipeline(
    in context: String, until end: TemplateToken.Kind
  ) throws(TemplateError) -> TemplatePipeline {
    try enter()
    defer { depth -= 1 }
    var pipeline = TemplatePipeline(offset: peekNonSpace.offset)
    try declarations(of: &pipeline, in: context)
    while true {
      let token = nextNonSpace()
      if token.kind == end {
        try check(pipeline, in: context)
        variables += pipeline.assigns ? [] : pipeline.variables
        return pipeline
      }
      switch token.kind {
      case .boolean, .character, .dot, .field, .identifier, .number, .null, .string, .variable,
        .leftParenthesis:
        index -= 1
        pipeline.commands.append(try command())
      default: throw unexpected(token, in: context)
      }
    }
  }

  /// `$x :=`, `$x =`, and in a range `$i, $x :=`.
  private mutating func declarations(
    of pipeline: inout TemplatePipeline, in context: String
  ) throws(TemplateError) {
    let start = index
    guard case .variable(let first) = nextNonSpace().kind else {
      index = start
      return
    }
    var names = [first]
    var token = nextNonSpace()
    if token.kind == .comma {
      guard context == "range", case .variable(let second) = nextNonSpace().kind else {
        throw TemplateError("too many declarations in \(context)", at: token.offset)
      }
      names.append(second)
      token = nextNonSpace()
      guard token.kind == .declare || token.kind == .assign else {
        throw TemplateError("range can only initialize variables", at: token.offset)
      }
    }
    guard token.kind == .declare || token.kind == .assign else {
      index = start
      return
    }
    pipeline.variables = names
    pipeline.assigns = token.kind == .assign
    if pipeline.assigns {
      for name in names { try use(name, at: token.offset) }
    }
  }

  private func check(_ pipeline: TemplatePipeline, in context: String) throws(TemplateError) {
    guard !pipeline.commands.isEmpty else {
      throw TemplateError("missing value for \(context)", at: pipeline.offset)
    }
    for (stage, command) in pipeline.commands.enumerated().dropFirst() {
      switch command.operands.first {
      case .boolean, .dot, .null, .number, .string:
        throw TemplateError("non executable command in pipeline stage \(stage + 1)", at: command.offset)
      default: break
      }
    }
  }

  private mutating func command() throws(TemplateError) -> TemplateCommand {
    var command = TemplateCommand(offset: peekNonSpace.offset)
    while true {
      skipSpaces()
      if let operand = try operand() { command.operands.append(operand) }
      let token = next()
      switch token.kind {
      case .space: continue
      case .rightDelimiter, .rightParenthesis: index -= 1
      case .pipe: break
      default: throw unexpected(token, in: "operand")
      }
      guard !command.operands.isEmpty else { throw TemplateError("empty command", at: command.offset) }
      return command
    }
  }

  private mutating func operand() throws(TemplateError) -> TemplateOperand? {
    guard let term = try term() else { return nil }
    var fields: [String] = []
    let offset = peek.offset
    while case .field(let name) = peek.kind {
      fields.append(name)
      index += 1
    }
    guard !fields.isEmpty else { return term }
    switch term {
    case .fields(let first): return .fields(first + fields)
    case .variable(let name, let first): return .variable(name, fields: first + fields)
    case .boolean, .string, .number, .null, .dot:
      throw TemplateError("unexpected . after a term", at: offset)
    default: return .chain(term, fields: fields)
    }
  }

  private mutating func term() throws(TemplateError) -> TemplateOperand? {
    let token = next()
    switch token.kind {
    case .identifier(let name):
      guard isFunction(name) else {
        throw TemplateError("function \"\(name)\" not defined", at: token.offset)
      }
      return .function(name)
    case .dot: return .dot
    case .null: return .null
    case .variable(let name):
      try use(name, at: token.offset)
      return .variable(name, fields: [])
    case .field(let name): return .fields([name])
    case .boolean(let value): return .boolean(value)
    case .character(let value): return .number(.integer(value))
    case .number(let text): return GoNumber(text).map { .number($0) }
    case .string(let text): return .string(text)
    case .leftParenthesis:
      return .pipeline(try pipeline(in: "parenthesized pipeline", until: .rightParenthesis))
    default:
      index -= 1
      return nil
    }
  }

  private func use(_ name: String, at offset: Int) throws(TemplateError) {
    guard variables.contains(name) else {
      throw TemplateError("undefined variable \"\(name)\"", at: offset)
    }
  }

  // MARK: Tokens

  private mutating func enter() throws(TemplateError) {
    depth += 1
    guard depth <= Self.deepest else { throw TemplateError("nested too deeply", at: peek.offset) }
  }

  private var peek: TemplateToken { token(at: index) }

  private var peekNonSpace: TemplateToken {
    peek.kind == .space ? token(at: index + 1) : peek
  }

  /// The keyword after `{{`, spaces aside.
  private var nextWord: TemplateKeyword? {
    let token = token(at: index + 1).kind == .space ? token(at: index + 2) : token(at: index + 1)
    guard case .keyword(let word) = token.kind else { return nil }
    return word
  }

  private func token(at index: Int) -> TemplateToken {
    index < tokens.count ? tokens[index] : TemplateToken(kind: .end, offset: tokens.last?.offset ?? 0)
  }

  private mutating func next() -> TemplateToken {
    defer { index += 1 }
    return peek
  }

  private mutating func skipSpaces() {
    while peek.kind == .space { index += 1 }
  }

  private mutating func nextNonSpace() -> TemplateToken {
    skipSpaces()
    return next()
  }

  private mutating func expectClose(_ context: String) throws(TemplateError) {
    let token = nextNonSpace()
    guard token.kind == .rightDelimiter else { throw unexpected(token, in: context) }
  }

  private func unexpected(_ token: TemplateToken, in context: String) -> TemplateError {
    TemplateError("unexpected \(token.spelling) in \(context)", at: token.offset)
  }
}
