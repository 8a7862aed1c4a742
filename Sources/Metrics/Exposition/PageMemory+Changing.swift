/// Reading a page with lines that are new, gone or elsewhere.
extension PageMemory {
  /// The page that will be remembered.
  private struct Shape {
    var lines: [Line] = []
    var numbers: [Int32] = []
    var duplicates = 0
    var metadata = Fingerprint()
    var bytes = 0
    var new = SeriesTexts()
    var pending = PendingSamples()
  }

  /// Reads on from where the page left the last one's lines, and remembers it instead.
  mutating func readChanged(
    _ scanner: inout PageScanner, _ progress: inout Progress
  ) throws(ExpositionError) -> PageReading {
    let firstNew = catalogue.count
    var made = start(at: progress.line)
    if lines.isEmpty { reserve(scanner.page.count, &made, &progress) }
    var next = progress.line
    var isEnded = false
    while !scanner.atEnd, !isEnded {
      if next < lines.count, let after = end(of: lines[next], in: scanner) {
        let line = lines[next]
        next &+= 1
        scanner.index = after
        if line.kind.isSample {
          try scanner.readRest()
          try add(line, scanner, &made, &progress)
        } else {
          scanner.endLine()
          if line.kind == .type { scanner.bounds = line.bounds }
          add(line, &made)
        }
        continue
      }
      let kind = try scanner.readLine()
      if case .sample = kind {
        made.pending.append(scanner)
        // Only where nothing is left to predict can the look-up wait.
        if next < lines.count {
          let number = try identify(scanner, &made, &progress)
          next = placeBehind(number) ?? next
        } else if made.pending.count == PendingSamples.limit {
          _ = try identify(scanner, &made, &progress)
        }
        continue
      }
      _ = try identify(scanner, &made, &progress)
      if case .end = kind {
        isEnded = true
      } else {
        // A line first: beside the copy of `self` for the next call, remembering would copy all text.
        let line = try remembered(scanner, kind)
        add(line, &made)
      }
    }
    _ = try identify(scanner, &made, &progress)
    guard isEnded || format != .openMetrics else {
      throw scanner.failure("the page does not end with # EOF")
    }
    let changed = commit(made)
    var reading = reading(&progress)
    reading.firstNew = Int32(truncatingIfNeeded: firstNew)
    if made.new.count > 0 {
      reading.new = made.new
      reading.new.bytes = catalogue.bytes
    }
    reading.metadata = changed
    return reading
  }

  /// Where the line behind a series' one was in the last page: what followed it then will mostly follow it now.
  private func placeBehind(_ number: Int32) -> Int? {
    let place = Int(placeOf[Int(number)])
    return place < lines.count && lines[place].number == number ? place + 1 : nil
  }

  /// The lines that were found again.
  private mutating func start(at count: Int) -> Shape {
    var made = Shape()
    made.lines.reserveCapacity(lines.count)
    for line in lines[..<count] {
      switch line.kind {
      case .sample:
        seenIn[Int(line.number)] = reading
        made.numbers.append(line.number)
      case .timed: made.numbers.append(line.number)
      case .duplicate: made.duplicates &+= 1
      case .type, .metadata, .nothing: mix(line, &made)
      }
      made.lines.append(line)
      made.bytes &+= Int(line.length)
    }
    return made
  }

  /// A first page is mostly text of samples about a hundred bytes long.
  private mutating func reserve(_ size: Int, _ made: inout Shape, _ progress: inout Progress) {
    let guess = size / 96
    made.lines.reserveCapacity(guess)
    made.numbers.reserveCapacity(guess)
    made.new.places.reserveCapacity(guess * 4)
    made.new.ends.reserveCapacity(guess)
    progress.values.reserveCapacity(guess)
    catalogue.bytes.reserveCapacity(size)
    catalogue.keys.reserveCapacity(guess)
    placeOf.reserveCapacity(guess)
    seenIn.reserveCapacity(guess)
    table.reserve(guess)
  }

  /// A sample's line, as it was just read.
  private mutating func add(
    _ line: Line, _ scanner: PageScanner, _ made: inout Shape, _ progress: inout Progress
  ) throws(ExpositionError) {
    _ = try identify(scanner, &made, &progress)
    guard try add(line, isTimed: scanner.timestamp != nil, scanner, &made) else { return }
    take(scanner, &progress)
  }

  /// False when it is a duplicate: that depends on the samples before it.
  @inline(__always) private mutating func add(
    _ line: Line, isTimed: Bool, _ scanner: PageScanner, _ made: inout Shape
  ) throws(ExpositionError) -> Bool {
    var line = line
    let number = Int(line.number)
    // Samples with times of their own may belong to one series; without them, the first counts.
    line.kind = isTimed ? .timed : seenIn[number] == reading ? .duplicate : .sample
    made.lines.append(line)
    made.bytes &+= Int(line.length)
    if line.kind == .duplicate {
      made.duplicates &+= 1
      return false
    }
    if line.kind == .sample { seenIn[number] = reading }
    guard made.numbers.count < limits.samples else {
      throw scanner.failure(
        "the page has more than \(limits.samples) samples", at: scanner.index - 1)
    }
    made.numbers.append(line.number)
    return true
  }

  private func add(_ line: Line, _ made: inout Shape) {
    made.lines.append(line)
    made.bytes &+= Int(line.length)
    mix(line, &made)
  }

  private func mix(_ line: Line, _ made: inout Shape) {
    guard line.kind == .type || line.kind == .metadata else { return }
    catalogue.bytes.withUnsafeBytes {
      guard let texts = ByteView($0) else { return }
      made.metadata.mix(texts.bytes(Int(line.start), Int(line.length)))
    }
  }

  /// The line that was just read, which is no sample.
  private mutating func remembered(
    _ scanner: PageScanner, _ kind: PageScanner.Line
  ) throws(ExpositionError) -> Line {
    let length = scanner.lineEnd &- scanner.lineStart
    var known = Line.Kind.nothing
    if case .metadata = kind { known = scanner.metadata.word == "TYPE" ? .type : .metadata }
    return Line(
      start: try keep(scanner, scanner.lineStart, length), length: UInt32(truncatingIfNeeded: length),
      number: -1, bounds: scanner.bounds, kind: known)
  }

  /// Copies the beginning of a line; returns where it lies.
  @inline(__always) private mutating func keep(
    _ scanner: PageScanner, _ start: Int, _ length: Int
  ) throws(ExpositionError) -> UInt32 {
    let place = catalogue.bytes.count
    guard place &+ length < Self.largestText else {
      throw scanner.failure("the page and those before it hold more text than can be remembered")
    }
    catalogue.bytes.append(contentsOf: scanner.page.bytes(start, length))
    return UInt32(truncatingIfNeeded: place)
  }

  /// Adds the samples that wait, each with its series' number; returns the last one's.
  private mutating func identify(
    _ scanner: PageScanner, _ made: inout Shape, _ progress: inout Progress
  ) throws(ExpositionError) -> Int32 {
    guard !made.pending.isEmpty else { return -1 }
    if made.pending.count > 1 {
      for sample in made.pending.samples { glances &+= table.glance(sample.hash) }
    }
    var (place, changed, exemplar) = (0, 0, 0)
    var last: Int32 = -1
    for index in 0..<made.pending.count {
      let sample = made.pending.samples[index]
      let line = try line(of: sample, place, changed, scanner, &made)
      if try add(line, isTimed: sample.timestamp != nil, scanner, &made) {
        progress.take(sample.value, sample.timestamp)
        if sample.hasExemplar {
          progress.take(made.pending.exemplars[exemplar], limit: limits.exemplars)
        }
      }
      (place, changed) = (sample.placesEnd, sample.changedEnd)
      if sample.hasExemplar { exemplar &+= 1 }
      last = line.number
    }
    made.pending.removeAll()
    return last
  }

  /// The line of a sample, whose labels begin at `place` among those that wait; its series gets a number if it
  /// was never seen.
  @inline(__always) private mutating func line(
    of sample: PendingSamples.Sample, _ place: Int, _ changed: Int, _ scanner: PageScanner,
    _ made: inout Shape
  ) throws(ExpositionError) -> Line {
    let length = UInt32(truncatingIfNeeded: sample.length)
    if let number = table.find(sample.hash, where: { isSame($0, sample, scanner) }) {
      let key = catalogue.keys[Int(number)]
      let start =
        hasText(key, sample, scanner) ? key.start : try keep(scanner, sample.lineStart, sample.length)
      return Line(start: start, length: length, number: number, bounds: sample.bounds, kind: .sample)
    }
    guard catalogue.count < SeriesTable.capacity else {
      throw scanner.failure("the page and those before it have more than \(SeriesTable.capacity) series")
    }
    let number = Int32(truncatingIfNeeded: catalogue.count)
    let start = try keep(scanner, sample.lineStart, sample.length)
    catalogue.keys.append(
      SeriesCatalogue.Key(hash: sample.hash, start: start, length: sample.length, bounds: sample.bounds))
    table.insert(sample.hash, number, keys: catalogue.keys)
    placeOf.append(.max)
    seenIn.append(0)
    made.new.append(
      made.pending.places[place..<sample.placesEnd], movedBy: Int(start) &- sample.lineStart,
      changedAt: catalogue.bytes.count &- changed)
    if sample.changedEnd > changed { catalogue.bytes += made.pending.changed[changed..<sample.changedEnd] }
    return Line(start: start, length: length, number: number, bounds: sample.bounds, kind: .sample)
  }

  /// Whether the line begins with just what a series' first one began with.
  @inline(__always) private func hasText(
    _ key: SeriesCatalogue.Key, _ sample: PendingSamples.Sample, _ scanner: PageScanner
  ) -> Bool {
    guard key.length == sample.length, key.bounds == sample.bounds else { return false }
    return catalogue.bytes.withUnsafeBytes { texts in
      ByteView(texts).map {
        scanner.page.equals(at: sample.lineStart, $0, at: Int(key.start), length: sample.length)
      }
    } == true
  }

  private func isSame(
    _ number: Int32, _ sample: PendingSamples.Sample, _ scanner: PageScanner
  ) -> Bool {
    let key = catalogue.keys[Int(number)]
    guard key.hash == sample.hash else { return false }
    if hasText(key, sample, scanner) { return true }
    // The same labels in another order, or with other escapes or blanks, are the same series.
    let own = SeriesCatalogue.Key(
      hash: 0, start: UInt32(truncatingIfNeeded: sample.lineStart), length: sample.length,
      bounds: sample.bounds)
    let known = catalogue.bytes.withUnsafeBytes { texts in
      ByteView(texts).map { SeriesCatalogue.labels(of: key, in: $0, format: format) }
    }
    return known == SeriesCatalogue.labels(of: own, in: scanner.page, format: format)
  }

  /// Returns the metadata if it changed.
  private mutating func commit(_ made: Shape) -> PageMetadata? {
    lines = made.lines
    shape &+= 1
    if numbers != made.numbers { numbers = made.numbers }
    lineBytes = made.bytes
    duplicates = made.duplicates
    for (place, line) in lines.enumerated() where line.number >= 0 {
      placeOf[Int(line.number)] = UInt32(truncatingIfNeeded: place)
    }
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
            UnsafeRawBufferPointer(rebasing: texts[Int(line.start)..<Int(line.start) + Int(line.length)]))
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
