/// One line of a page that says something.
package struct ExpositionEntry: Hashable, Sendable {
  package enum Content: Hashable, Sendable {
    /// A timestamp in milliseconds only when the line had one. The exemplar's `sample` is 0.
    case sample(Labels, value: Double, timestamp: Int64?, exemplar: Exemplar?)
    /// `counter`, `gauge`, `histogram`, ...; `unknown` for the classic format's `untyped`.
    case type(metric: String, String)
    case help(metric: String, String)
    case unit(metric: String, String)
    /// From `#` to the end of the line.
    case comment(String)
  }

  /// 1-based; of a text over several lines the first.
  package let line: Int
  package let content: Content
}

extension Exposition {
  /// All that a page says, line by line, duplicates too; `# EOF` of OpenMetrics is no entry. Linear.
  ///
  /// - Parameter strict: refuse what OpenMetrics forbids and Prometheus lets pass.
  package static func entries(
    _ body: [UInt8], format: Format, limits: Limits = Limits(), strict: Bool = false
  ) throws(ExpositionError) -> [ExpositionEntry] {
    // A byte behind the page gives an empty one an address, too.
    let result: Result<[ExpositionEntry], ExpositionError> = (body + [0]).withUnsafeBytes { buffer in
      guard let view = ByteView(UnsafeRawBufferPointer(rebasing: buffer.dropLast())) else {
        return .success([])
      }
      var scanner = PageScanner(view, format: format, limits: limits)
      scanner.refusesRepeats = strict && format == .openMetrics
      do throws(ExpositionError) { return .success(try Self.read(&scanner)) } catch { return .failure(error) }
    }
    let entries = try result.get()
    if strict, format == .openMetrics { try OpenMetricsCheck.check(entries) }
    return entries
  }

  /// How many samples a page has, duplicates too, after reading every line of it and keeping nothing.
  package static func count(
    _ body: [UInt8], format: Format, limits: Limits = Limits()
  ) throws(ExpositionError) -> Int {
    let result: Result<Int, ExpositionError> = body.withUnsafeBytes { buffer in
      guard let view = ByteView(buffer) else { return .success(0) }
      var scanner = PageScanner(view, format: format, limits: limits)
      var samples = 0
      do throws(ExpositionError) {
        while !scanner.atEnd {
          if case .sample = try scanner.readLine() { samples &+= 1 }
        }
        return .success(samples)
      } catch { return .failure(error) }
    }
    return try result.get()
  }

  private static func read(_ scanner: inout PageScanner) throws(ExpositionError) -> [ExpositionEntry] {
    var entries: [ExpositionEntry] = []
    var line = 1
    while !scanner.atEnd {
      let start = scanner.index
      let kind = try scanner.readLine()
      let (_, name, text) = scanner.metadata
      switch kind {
      case .nothing: break
      case .end: return entries
      case .comment: entries.append(ExpositionEntry(line: line, content: .comment(text)))
      case .sample: entries.append(ExpositionEntry(line: line, content: sample(scanner)))
      case .metadata:
        let content: ExpositionEntry.Content =
          switch scanner.metadata.word {
          case "TYPE": .type(metric: name, text == "untyped" ? "unknown" : text)
          case "HELP": .help(metric: name, text)
          default: .unit(metric: name, text)
          }
        entries.append(ExpositionEntry(line: line, content: content))
      }
      line += scanner.page.newlines(from: start, to: scanner.index)
    }
    guard scanner.format != .openMetrics else {
      throw scanner.failure("the page does not end with # EOF")
    }
    return entries
  }

  private static func sample(_ scanner: PageScanner) -> ExpositionEntry.Content {
    .sample(
      scanner.series.labels(in: scanner.page), value: scanner.value, timestamp: scanner.timestamp,
      exemplar: scanner.exemplar)
  }
}
