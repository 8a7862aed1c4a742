internal import Metrics
internal import Values
internal import Wire

/// What is remembered of one endpoint's polls, so that an answer like the last one costs little to judge.
///
/// It belongs to one definition of the endpoint: an edited one begins with a new memory.
package struct ProbeMemory: Sendable {
  private let generation: UInt64
  private var formats: UInt64 = 0
  /// What the last page's type was taken for.
  private var known: (type: String, format: Exposition.Format)?
  private var page: PageMemory?
  private var reports: [(report: Judgement.Report, labels: Labels)] = []
  private var target: Labels?
  /// Of a log.
  var tally: LogTally?
  /// Whether the last result that told anything was a failure.
  var wasFailure = false

  /// - Parameter generation: no two memories may be given numbers nearer than 2^40.
  package init(generation: UInt64 = 0) {
    self.generation = generation
  }

  /// What a page of that type is written in; nil when it is none.
  mutating func format(of type: String) -> Exposition.Format? {
    if let known, known.type == type { return known.format }
    known = Exposition.Format(contentType: type).map { (type, $0) }
    return known?.format
  }

  /// Reads a page of metrics.
  mutating func read(_ body: [UInt8], format: Exposition.Format) throws(ExpositionError) -> PageReading {
    if page?.format != format {
      page = PageMemory(format: format, generation: generation &+ formats << 32)
      formats &+= 1
    }
    // Taken out meanwhile, so that there is only one of it to change.
    guard var memory = page.take() else { return PageReading() }
    defer { page = memory }
    return try memory.read(body)
  }

  /// The labels of the poll's own series, which are the same ones each time.
  mutating func labels(of report: Judgement.Report, at place: Int, _ endpoint: Endpoint) -> Labels {
    if place < reports.count, reports[place].report.isNamed(as: report) { return reports[place].labels }
    let target = target ?? endpoint.targetLabels
    self.target = target
    var pairs = [(String.metricName, report.name)]
    if let phase = report.phase { pairs.append(("phase", phase)) }
    let labels = Labels(pairs).attaching(target)
    reports.removeLast(max(0, reports.count - place))
    reports.append((report, labels))
    return labels
  }
}
