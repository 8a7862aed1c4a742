/// Reading what the last page had: each line is compared with the one in its place, and only its value is read.
extension PageMemory {
  /// What has been read of a page so far.
  struct Progress {
    /// The first ``count`` are the page's.
    var values: [Double] = []
    var count = 0
    /// Empty until a sample has a time of its own.
    var timestamps: [Int64?] = []
    var exemplars: [Exemplar] = []
    /// How many of the last page's lines were found again from the beginning.
    var line = 0

    @inline(__always) mutating func take(_ value: Double, _ timestamp: Int64?) {
      if count < values.count { values[count] = value } else { values.append(value) }
      count &+= 1
      if timestamp != nil || !timestamps.isEmpty { takeTimestamp(timestamp) }
    }

    private mutating func takeTimestamp(_ timestamp: Int64?) {
      while timestamps.count < count &- 1 { timestamps.append(nil) }
      timestamps.append(timestamp)
    }

    /// Of the sample just taken.
    mutating func take(_ exemplar: Exemplar, limit: Int) {
      guard exemplars.count < limit else { return }
      var exemplar = exemplar
      exemplar.sample = count &- 1
      exemplars.append(exemplar)
    }
  }

  mutating func readPage(_ view: ByteView, of body: [UInt8]) throws(ExpositionError) -> PageReading {
    var scanner = PageScanner(view, format: format, limits: limits)
    var progress = Progress()
    if catalogue.count == 0 { return try readFirst(&scanner, &progress, of: body) }
    try readPredicted(&scanner, &progress)
    if try isComplete(progress, &scanner) { return reading(&progress) }
    return try readChanged(&scanner, &progress)
  }

  /// Reads as far as the page has the last one's lines, each as it was: a sample with a time of its own still
  /// has one.
  private func readPredicted(
    _ scanner: inout PageScanner, _ progress: inout Progress
  ) throws(ExpositionError) {
    progress.values = Array(repeating: 0, count: numbers.count)
    while progress.line < lines.count, !scanner.atEnd {
      readPlain(&scanner, &progress)
      guard progress.line < lines.count, !scanner.atEnd else { return }
      let line = lines[progress.line]
      let start = scanner.index
      guard let after = end(of: line, in: scanner) else { return }
      if line.isSample {
        scanner.index = after
        try scanner.readRest()
        guard (scanner.timestamp != nil) == (line.kind == .timed) else {
          scanner.index = start
          return
        }
        take(scanner, &progress)
      } else {
        scanner.index = after
        scanner.endLine()
        if line.kind == .type { scanner.bounds = line.bounds }
      }
      progress.line &+= 1
    }
  }

  @inline(__always) func take(_ scanner: borrowing PageScanner, _ progress: inout Progress) {
    progress.take(scanner.value, scanner.timestamp)
    if let exemplar = scanner.exemplar { progress.take(exemplar, limit: limits.exemplars) }
  }

  /// The same for lines of a series, a plain number and nothing else: almost all.
  private func readPlain(_ scanner: inout PageScanner, _ progress: inout Progress) {
    let view = scanner.page
    let bounds = scanner.bounds
    var index = scanner.index
    var next = progress.line
    var filled = progress.count
    catalogue.bytes.withUnsafeBytes { texts in
      guard let texts = ByteView(texts) else { return }
      lines.withUnsafeBufferPointer { lines in
        progress.values.withUnsafeMutableBufferPointer { values in
          while next < lines.count, filled < values.count {
            let line = lines[next]
            guard line.isPlainSample(below: bounds),
              view.equals(at: index, texts, at: Int(line.start), length: line.length)
            else { return }
            var cursor = index &+ line.length
            guard Self.isValue(at: cursor, in: view), let value = DecimalScan.take(view, &cursor),
              view[cursor] == ByteView.newline
            else { return }
            values[filled] = value
            filled &+= 1
            next &+= 1
            index = cursor &+ 1
          }
        }
      }
    }
    if !progress.timestamps.isEmpty {
      progress.timestamps += Array(repeating: nil, count: filled &- progress.count)
    }
    scanner.index = min(index, view.count)
    progress.line = next
    progress.count = filled
  }

  /// Where `line` ends, if it stands here: behind it comes a value, or the end of the line.
  func end(of line: PageLine, in scanner: borrowing PageScanner) -> Int? {
    let after = scanner.index &+ line.length
    let isHere = catalogue.bytes.withUnsafeBytes { texts in
      ByteView(texts).map {
        scanner.page.equals(at: scanner.index, $0, at: Int(line.start), length: line.length)
      }
    }
    guard isHere == true else { return nil }
    let next = scanner.page[after]
    if !line.isSample { return next == ByteView.newline ? after : nil }
    // More blanks than before belong to the text before the value.
    return line.bounds == scanner.bounds && next != PageScanner.space && next != 9
      && Self.isValue(at: after, in: scanner.page) ? after : nil
  }

  /// Whether what follows a remembered text is a value, and does not make a longer name of it (`a.5`, then `a5`)
  /// or give it labels (`a 1`, then `a {b="c"} 1`).
  @inline(__always) private static func isValue(at index: Int, in page: borrowing ByteView) -> Bool {
    let next = page[index]
    guard next != UInt8(ascii: "{") else { return false }
    guard index > 0, page[index &- 1] > PageScanner.space, page[index &- 1] != UInt8(ascii: "}") else {
      return true
    }
    return !next.isNameStart && !next.isDigit && next != UInt8(ascii: ":")
  }

  private func isComplete(
    _ progress: Progress, _ scanner: inout PageScanner
  ) throws(ExpositionError) -> Bool {
    guard progress.line == lines.count else { return false }
    guard format == .openMetrics else { return scanner.atEnd }
    guard !scanner.atEnd else { return false }
    var behind = scanner
    guard case .end = try behind.readLine() else { return false }
    return true
  }

  /// What is told of a page whose lines are in ``lines``.
  func reading(_ progress: inout Progress) -> PageReading {
    progress.values.removeLast(max(0, progress.values.count &- progress.count))
    var reading = PageReading()
    reading.generation = generation
    reading.shape = shape
    reading.numbers = numbers
    reading.values = progress.values
    reading.timestamps = progress.timestamps
    reading.firstNew = Int32(truncatingIfNeeded: catalogue.count)
    reading.exemplars = progress.exemplars
    reading.catalogue = catalogue
    return reading
  }
}
