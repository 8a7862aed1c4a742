/// Reading a page that the memory cannot predict: the first one, or one with lines that are new, gone or elsewhere.
extension PageMemory {
  /// The page that will be remembered.
  struct Shape {
    var lines: [PageLine] = []
    var numbers: [Int32] = []
    var metadata = Fingerprint()
    var bytes = 0

    /// Takes a line that lies at its place in `text`.
    @inline(__always) mutating func append(_ line: PageLine, in text: UnsafeRawBufferPointer) {
      lines.append(line)
      bytes &+= line.length
      if line.kind == .type || line.kind == .metadata { mix(line, in: text) }
    }

    private mutating func mix(_ line: PageLine, in text: UnsafeRawBufferPointer) {
      guard let view = ByteView(text) else { return }
      metadata.mix(view.bytes(Int(line.start), line.length))
    }
  }

  /// Reads a page when nothing is known: its samples are numbered as they come, and its lines stay where they
  /// are.
  mutating func readFirst(
    _ scanner: inout PageScanner, _ progress: inout Progress, of body: [UInt8]
  ) throws(ExpositionError) -> PageReading {
    var made = Shape()
    // Lines are about a hundred bytes long. What is not needed is never touched.
    let guess = body.count / 64
    made.lines.reserveCapacity(guess)
    made.numbers.reserveCapacity(guess)
    progress.values.reserveCapacity(guess)
    let page = scanner.page.bytes(0, scanner.page.count)
    var isEnded = false
    while !scanner.atEnd {
      let kind = try scanner.readLine()
      if case .end = kind {
        isEnded = true
        break
      }
      made.append(line(of: scanner, kind, at: scanner.lineStart), in: page)
      guard case .sample = kind else { continue }
      let number = made.numbers.count
      try check(scanner, number)
      made.numbers.append(Int32(truncatingIfNeeded: number))
      take(scanner, &progress)
    }
    try checkEnd(scanner, isEnded)
    catalogue.bytes = body
    catalogue.keys = made.lines
    catalogue.count = made.numbers.count
    let metadata = commit(made)
    var reading = reading(&progress)
    reading.firstNew = 0
    reading.new = catalogue.texts()
    reading.metadata = metadata
    return reading
  }

  /// Reads on from where the page left the last one's lines, and remembers it instead.
  mutating func readChanged(
    _ scanner: inout PageScanner, _ progress: inout Progress
  ) throws(ExpositionError) -> PageReading {
    let firstNew = catalogue.count
    if finder == nil {
      catalogue.dropOtherLines()
      finder = SeriesFinder(catalogue)
      finder?.learn(lines, numbers)
    }
    var made = start(at: progress)
    var next = (line: progress.line, sample: progress.count)
    var isEnded = false
    while !scanner.atEnd, !isEnded {
      if next.line < lines.count, let after = end(of: lines[next.line], in: scanner) {
        let known = lines[next.line]
        next.line &+= 1
        scanner.index = after
        if known.isSample {
          try scanner.readRest()
          let number = next.sample < numbers.count ? numbers[next.sample] : 0
          next.sample &+= 1
          try add(Int(number), at: known, scanner, &made, &progress)
        } else {
          scanner.endLine()
          if known.kind == .type { scanner.bounds = known.bounds }
          catalogue.bytes.withUnsafeBytes { made.append(known, in: $0) }
        }
        continue
      }
      let kind = try scanner.readLine()
      if case .end = kind { isEnded = true }
      if case .sample = kind {
        let number = try identify(scanner)
        try add(number, at: catalogue.keys[number], scanner, &made, &progress)
        next = placeBehind(number) ?? next
      } else if !isEnded {
        let start = try keep(scanner, scanner.lineEnd &- scanner.lineStart)
        let line = line(of: scanner, kind, at: start)
        catalogue.bytes.withUnsafeBytes { made.append(line, in: $0) }
      }
    }
    try checkEnd(scanner, isEnded)
    let changed = commit(made)
    var reading = reading(&progress)
    reading.firstNew = Int32(truncatingIfNeeded: firstNew)
    if catalogue.count > firstNew { reading.new = catalogue.texts(from: firstNew) }
    reading.metadata = changed
    return reading
  }

  private func checkEnd(_ scanner: PageScanner, _ isEnded: Bool) throws(ExpositionError) {
    guard isEnded || format != .openMetrics else {
      throw scanner.failure("the page does not end with # EOF")
    }
  }

  /// Where the line behind a series' one was in the last page: what followed it then will mostly follow it now.
  private func placeBehind(_ number: Int) -> (line: Int, sample: Int)? {
    guard let place = finder?.place(of: number) else { return nil }
    let (line, sample) = (Int(place.line), Int(place.sample))
    guard line < lines.count, sample < numbers.count, numbers[sample] == number else { return nil }
    return (line + 1, sample + 1)
  }

  /// The lines that were found again.
  private func start(at progress: Progress) -> Shape {
    var made = Shape()
    made.lines.reserveCapacity(lines.count)
    made.numbers.reserveCapacity(numbers.count)
    catalogue.bytes.withUnsafeBytes { text in
      for line in lines[..<progress.line] { made.append(line, in: text) }
    }
    made.numbers += numbers.prefix(progress.count)
    return made
  }

  /// The line that was just read, whose text lies at `start`.
  @inline(__always) private func line(
    of scanner: borrowing PageScanner, _ kind: PageScanner.Line, at start: Int
  ) -> PageLine {
    switch kind {
    case .sample:
      PageLine(
        start: start, length: scanner.valueStart &- scanner.lineStart, bounds: scanner.bounds,
        kind: scanner.timestamp == nil ? .sample : .timed)
    case .metadata:
      PageLine(
        start: start, length: scanner.lineEnd &- scanner.lineStart, bounds: scanner.bounds,
        kind: scanner.metadata.word == "TYPE" ? .type : .metadata)
    case .nothing, .comment, .end:
      PageLine(
        start: start, length: scanner.lineEnd &- scanner.lineStart, bounds: scanner.bounds, kind: .nothing)
    }
  }

  /// Whether the page may have one more sample than `count`, which was just read.
  @inline(__always) private func check(
    _ scanner: borrowing PageScanner, _ count: Int
  ) throws(ExpositionError) {
    guard count < limits.samples else {
      throw scanner.failure("the page has more than \(limits.samples) samples", at: scanner.index - 1)
    }
    guard count < SeriesTable.capacity else {
      throw scanner.failure("the page has more than \(SeriesTable.capacity) samples", at: scanner.index - 1)
    }
    try checkName(scanner)
  }

  @inline(__always) private func checkName(_ scanner: borrowing PageScanner) throws(ExpositionError) {
    guard scanner.series.isNamed || !requiresNames else {
      throw scanner.failure("a sample has no metric name", at: scanner.lineStart)
    }
  }

  /// Adds the sample that was just read, on a line that is kept like `known`.
  private func add(
    _ number: Int, at known: PageLine, _ scanner: borrowing PageScanner, _ made: inout Shape,
    _ progress: inout Progress
  ) throws(ExpositionError) {
    guard made.numbers.count < limits.samples else {
      throw scanner.failure("the page has more than \(limits.samples) samples", at: scanner.index - 1)
    }
    made.lines.append(
      PageLine(
        start: Int(known.start), length: known.length, bounds: known.bounds,
        kind: scanner.timestamp == nil ? .sample : .timed))
    made.bytes &+= known.length
    made.numbers.append(Int32(truncatingIfNeeded: number))
    take(scanner, &progress)
  }

  /// Copies the beginning of the line that was just read; returns where it lies.
  private mutating func keep(
    _ scanner: borrowing PageScanner, _ length: Int
  ) throws(ExpositionError) -> Int {
    let place = catalogue.bytes.count
    guard place &+ length < Self.largestText else {
      throw scanner.failure("the page and those before it hold more text than can be remembered")
    }
    catalogue.bytes.append(contentsOf: scanner.page.bytes(scanner.lineStart, length))
    return place
  }

  /// The number of the series on the line that was just read, a new one if it was never seen.
  private mutating func identify(_ scanner: borrowing PageScanner) throws(ExpositionError) -> Int {
    let length = scanner.valueStart &- scanner.lineStart
    let hash = scanner.page.hash(of: scanner.bounds, scanner.lineStart, length)
    if let number = finder?.number(of: scanner, hash: hash, in: catalogue) { return number }
    guard catalogue.count < SeriesTable.capacity else {
      throw scanner.failure("the page and those before it have more than \(SeriesTable.capacity) series")
    }
    try checkName(scanner)
    let start = try keep(scanner, length)
    catalogue.keys.append(PageLine(start: start, length: length, bounds: scanner.bounds, kind: .sample))
    catalogue.count &+= 1
    finder?.addLast(of: catalogue, hash: hash)
    return catalogue.count &- 1
  }

  /// Returns the metadata if it changed.
  private mutating func commit(_ made: Shape) -> PageMetadata? {
    lines = made.lines
    shape &+= 1
    if numbers != made.numbers { numbers = made.numbers }
    lineBytes = made.bytes
    finder?.learn(lines, numbers)
    let hash = made.metadata.finished
    guard metadata == nil || hash != metadataHash else { return nil }
    metadataHash = hash
    let read = readMetadata()
    guard read != metadata else { return nil }
    metadata = read
    return read
  }

  private func readMetadata() -> PageMetadata {
    var result = PageMetadata()
    catalogue.bytes.withUnsafeBytes { texts in
      for line in lines where line.kind == .type || line.kind == .metadata {
        guard
          let view = ByteView(
            UnsafeRawBufferPointer(rebasing: texts[Int(line.start)..<Int(line.start) + line.length]))
        else { continue }
        var scanner = PageScanner(view, format: format, limits: limits)
        guard (try? scanner.readLine()) != nil else { continue }
        let (word, name, text) = scanner.metadata
        switch word {
        case "TYPE": result.types[name] = text
        case "HELP": result.help[name] = text
        default: result.units[name] = text
        }
      }
    }
    return result
  }
}
