internal import JSON
internal import Metrics
internal import Values

/// What was counted of a log's lines since it is followed: counters and histograms that never go down.
struct LogTally: Sendable {
  /// One set of labels of one series.
  private struct Cell: Sendable {
    /// Of a counter one; of a histogram its buckets, that without a bound, sum and count.
    let labels: [Labels]
    var values: [Double]
  }

  /// When it began.
  let start: Instant
  private let series: [LogSeries]
  private let format: LogFormat?
  private let limit: Int
  private(set) var lines = 0.0
  private(set) var unmatched = 0.0
  private(set) var cut = 0.0
  /// Lines of which something was not counted, for there are too many sets of labels.
  private(set) var leftOut = 0.0
  private var cells: [Cell] = []
  /// Places in ``cells``, for each series by labels.
  private var places: [[Labels: Int]]

  init(_ detail: EndpointDetail, at start: Instant) {
    self.start = start
    series = detail.logSeries
    format = detail.format
    limit = detail.seriesLimit
    places = Array(repeating: [:], count: series.count)
    // What has no labels of the lines is 0 from the beginning.
    for (index, one) in series.enumerated() where one.labels.values.allSatisfy(\.isConstant) {
      _ = place(of: one.labels(of: .null), in: index)
    }
  }

  /// Takes new lines, each with its end. Empty ones are none.
  ///
  /// - Returns: what is wrong, as a phrase.
  mutating func take(_ body: [UInt8], cut: Int) -> String? {
    self.cut += Double(cut)
    let before = leftOut
    for line in body.split(separator: UInt8(ascii: "\n")) { take(line) }
    guard leftOut > before else { return nil }
    return
      "the lines have more than \(limit) sets of labels, and \(Shown.number(leftOut - before)) lines were"
      + " left out: use fewer labels, or raise series_limit"
  }

  private mutating func take(_ line: ArraySlice<UInt8>) {
    lines += 1
    let known = format.map { $0.fields(of: line) } ?? .object([])
    guard let fields = known else {
      unmatched += 1
      return
    }
    var isMatched = series.isEmpty
    var isLeftOut = false
    for (index, one) in series.enumerated() {
      guard let amount = one.amount(of: fields) else { continue }
      isMatched = true
      guard let place = place(of: one.labels(of: fields), in: index), cells.indices.contains(place) else {
        isLeftOut = true
        continue
      }
      cells[place].values.observe(amount, buckets: one.buckets)
    }
    if !isMatched { unmatched += 1 }
    if isLeftOut { leftOut += 1 }
  }

  /// Nil when there is no room for another set of labels.
  private mutating func place(of labels: Labels, in index: Int) -> Int? {
    guard places.indices.contains(index), series.indices.contains(index) else { return nil }
    if let known = places[index][labels] { return known }
    guard cells.count < limit else { return nil }
    let names = series[index].names
    cells.append(
      Cell(
        labels: names.map { Labels(unsorted: labels.pairs + $0.map { Label($0.0, $0.1) }) },
        values: Array(repeating: 0, count: names.count)))
    places[index][labels] = cells.count - 1
    return cells.count - 1
  }

  var samples: [Sample] {
    cells.flatMap { cell in zip(cell.labels, cell.values).map { Sample($0, $1) } }
  }
}

extension LogSeries {
  /// What each of a cell's values is called, beside the labels of its lines.
  fileprivate var names: [[(String, String)]] {
    guard !buckets.isEmpty else { return [[(.metricName, name)]] }
    let bounds = (buckets + [.infinity]).map { $0.isFinite ? Shown.number($0) : "+Inf" }
    return bounds.map { [(.metricName, "\(name)_bucket"), ("le", $0)] }
      + [[(.metricName, "\(name)_sum")], [(.metricName, "\(name)_count")]]
  }
}

extension SeriesMapping.Source {
  fileprivate var isConstant: Bool {
    if case .constant = self { return true }
    return false
  }
}

extension [Double] {
  /// Adds to a counter, or observes in a histogram: its buckets, that without a bound, sum and count.
  fileprivate mutating func observe(_ amount: Double, buckets: [Double]) {
    guard !buckets.isEmpty else {
      if let value = first { self[0] = value + amount }
      return
    }
    guard count == buckets.count + 3 else { return }
    for (index, bound) in buckets.enumerated() where amount <= bound { self[index] += 1 }
    self[buckets.count] += 1
    self[buckets.count + 1] += amount
    self[buckets.count + 2] += 1
  }
}
