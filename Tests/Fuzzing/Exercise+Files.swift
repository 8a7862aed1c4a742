import Alerting
import Metrics

extension Exercise {
  /// Pages of one target, each read as a memory of the ones before reads it and as one without any does: both
  /// refuse it, or both say the same. The first byte says which format they are in; a byte that no text has parts
  /// them.
  static func exposition(_ bytes: [UInt8]) throws(Broken) {
    let format: Exposition.Format = (bytes.first ?? 0) % 2 == 0 ? .prometheusText : .openMetrics
    var memory = PageMemory(format: format)
    for page in bytes.dropFirst().split(separator: 0xFF, omittingEmptySubsequences: false).prefix(8) {
      let page = Array(page)
      var fresh = PageMemory(format: format)
      let remembered = Self.said(by: &memory, of: page)
      guard remembered == Self.said(by: &fresh, of: page) else {
        throw Broken("a page is read in another way when pages were read before")
      }
      guard remembered == nil || remembered?.count == Self.parsed(page, format) else {
        throw Broken("a page has more samples for one reader than for the other")
      }
    }
  }

  /// The bits of a page's values, in order; nil when it is refused.
  private static func said(by memory: inout PageMemory, of page: [UInt8]) -> [UInt64]? {
    (try? memory.read(page))?.values.map(\.bitPattern)
  }

  /// Samples, those included that name a series again.
  private static func parsed(_ page: [UInt8], _ format: Exposition.Format) -> Int? {
    guard case .success(let scrape) = Exposition.parse(page, format: format) else { return nil }
    return scrape.samples.count + scrape.duplicates
  }

  /// A template that is accepted expands, whatever it says, to a text of bounded length.
  static func template(_ bytes: [UInt8]) throws(Broken) {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let template = try? AnnotationTemplate(text) else { return }
    let context = TemplateContext(
      labels: ["job": "api", "instance": "10.0.0.1:9100"], value: 0.0713, now: 1_700_000_000_000,
      externalLabels: ["region": "eu"], externalURL: "https://watch.example/midwatch"
    ) { query in
      guard query.utf8.count % 2 == 0 else { return [] }
      return [
        Sample(Labels([("__name__", "up"), ("job", "api")]), 1), Sample(Labels([("job", "db")]), .nan),
      ]
    }
    _ = template.expand(context)
  }

  /// A rule file is read or refused with problems; an error never comes with its group.
  static func rules(_ bytes: [UInt8]) throws(Broken) {
    let text = String(decoding: bytes, as: UTF8.self)
    let (groups, problems) = RuleFile.parse(text, file: "rules.yaml")
    guard !groups.isEmpty || !problems.isEmpty || text.allSatisfy({ $0.isWhitespace }) || bytes.count < 4096
    else {
      throw Broken("a long file yields neither a group nor a problem")
    }
  }
}
