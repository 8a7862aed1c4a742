import PromQL
import Testing

struct PrintingTests {
  private let options = PromQL.ParseOptions(experimental: true)

  /// A text in one form only: numbers and folded signs have one text, and printing forgets nothing else.
  @Test(arguments: [1, 2, 3] as [UInt64])
  func textsReadBackToAnEqualExpression(seed: UInt64) throws {
    var expressions = RandomExpressions(seed: seed)
    var accepted = 0
    for _ in 0..<700 {
      let text = expressions.text()
      guard let expr = try? PromQL.parse(text, options: options) else { continue }
      accepted += 1
      let canonical = expr.description
      let again = try PromQL.parse(canonical, options: options)
      #expect(again.shape == expr.shape, "\(text)\n\(canonical)")
      #expect(again.description == canonical)
      let pretty = try PromQL.parse(expr.pretty, options: options)
      #expect(pretty.shape == expr.shape, "\(text)\n\(expr.pretty)")
      #expect(pretty.pretty == expr.pretty)
    }
    #expect(accepted > 350)
  }

  @Test func onlyLongTextsAreBroken() throws {
    let short = try PromQL.parse("sum by (job) (rate(http_requests_total[5m])) > 5")
    #expect(short.pretty == short.description)
    let long = try PromQL.parse(
      "sum(rate(http_requests_total{job=\"a\",code=~\"5..\"}[5m])) / topk(3, \(String(repeating: "x", count: 90)))"
    )
    #expect(
      long.pretty
        == """
          sum(rate(http_requests_total{code=~"5..",job="a"}[5m]))
        /
          topk(3, \(String(repeating: "x", count: 90)))
        """)
  }

  @Test func deepNestingIsPrintedQuickly() throws {
    let inner = "x{a=\"" + String(repeating: "y", count: 2000) + "\"}"
    let text = String(repeating: "(", count: 350) + inner + String(repeating: ")", count: 350)
    let expr = try PromQL.parse(text)
    #expect(expr.description == text)
    #expect(try PromQL.parse(expr.pretty).description == text)
  }
}

extension Expr {
  /// The tree without the places and numbers of its nodes, which depend on how it was written.
  fileprivate var shape: [String] {
    let own: String
    switch self {
    case .number(let node): own = "number \(node.value.isNaN ? 0 : node.value.bitPattern) \(node.isDuration)"
    case .string(let node): own = "string \(node.value)"
    case .selector(let node): own = "selector \(Self.shape(node))"
    case .range(let node):
      own =
        "range \(Self.shape(node.selector)) \(node.range) \(String(describing: node.computedRange?.description))"
    case .subquery(let node):
      own =
        "subquery \(node.range) \(String(describing: node.step)) \(node.shift) "
        + "\(String(describing: node.computedRange?.description)) \(String(describing: node.computedStep?.description))"
    case .call(let node): own = "call \(node.function.name)"
    case .aggregation(let node): own = "aggregation \(node.op) \(node.isWithout) \(node.grouping)"
    case .unary(let node): own = "unary \(node.isNegative)"
    case .binary(let node): own = "binary \(node.op) \(node.returnsBool) \(String(describing: node.matching))"
    case .parenthesised: own = "parenthesised"
    }
    return ["\(own) \(children.count)"] + children.flatMap(\.shape)
  }

  private static func shape(_ selector: Selector) -> String {
    let matchers = selector.matchers.map(\.description).sorted()
    return "\(String(describing: selector.name)) \(matchers) \(selector.shift) \(selector.extent)"
  }
}
