/// Series as a page writes them: how the new ones of a page travel to the store without a string for each label.
package struct SeriesTexts: Sendable {
  /// UTF-8, in which the lines lie.
  var bytes: [UInt8] = []
  /// Those that are samples, each read once already, name the series.
  var lines: [PageLine] = []
  var format = Exposition.Format.prometheusText
  /// How many of ``lines`` are samples.
  package private(set) var count = 0

  package init() {}

  /// - Parameter count: how many of `lines` are samples.
  init(bytes: [UInt8], lines: [PageLine], count: Int, format: Exposition.Format) {
    self.bytes = bytes
    self.lines = lines
    self.count = count
    self.format = format
  }

  /// Lends the labels of each series, in order, with the page they lie in.
  func forEach(_ body: (SeriesTokens, ByteView) -> Void) {
    bytes.withUnsafeBytes { buffer in
      guard let view = ByteView(buffer) else { return }
      var scanner = PageScanner(view, format: format, limits: .none)
      for line in lines where line.isSample {
        scanner.readSeries(again: line)
        body(scanner.series, view)
      }
    }
  }

  /// The labels as strings: for those who read a page once.
  package var labels: [Labels] {
    var labels: [Labels] = []
    labels.reserveCapacity(count)
    forEach { labels.append($0.labels(in: $1)) }
    return labels
  }
}

extension PageScanner {
  /// Reads the labels of a line that was accepted once, in this format and below this type.
  @inline(__always) mutating func readSeries(again line: PageLine) {
    index = Int(line.start)
    if bounds != line.bounds { bounds = line.bounds }
    skipBlanks()
    do throws(ExpositionError) { try readSeries(isStrict: format == .openMetrics) } catch {}
  }
}
