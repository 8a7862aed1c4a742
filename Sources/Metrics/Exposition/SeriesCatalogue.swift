/// All series that a memory has numbered, as they were written: shared with the memory, not copied.
package struct SeriesCatalogue: Sendable {
  /// Where a series' line lies, up to its value, and what its bounds meant.
  struct Key: Sendable {
    var hash: UInt64
    var start: UInt32
    /// Two bits of ``bounds`` above the length.
    private var lengthAndBounds: UInt32

    init(hash: UInt64, start: UInt32, length: Int, bounds: BoundLabel) {
      self.hash = hash
      self.start = start
      lengthAndBounds = UInt32(truncatingIfNeeded: length) | UInt32(bounds.rawValue) << 30
    }

    @inline(__always) var length: Int { Int(lengthAndBounds & 0x3fff_ffff) }
    @inline(__always) var bounds: BoundLabel { BoundLabel(rawValue: UInt8(lengthAndBounds >> 30)) ?? .none }
  }

  /// The constant ``prefix``, then the lines' beginnings.
  var bytes: [UInt8] = []
  var keys: [Key] = []
  var format = Exposition.Format.prometheusText

  /// The text that every ``SeriesTexts`` of a memory begins with, for names that the page does not write.
  static let prefix = Array(String.metricName.utf8)

  package init() {}

  package var count: Int { keys.count }

  /// The labels of the series from number `first` on. Linear in their text.
  package func texts(from first: Int = 0) -> SeriesTexts {
    var texts = SeriesTexts()
    guard first >= 0, first < keys.count else { return texts }
    var changed: [UInt8] = []
    var places: [SeriesTexts.Place] = []
    bytes.withUnsafeBytes { buffer in
      guard let view = ByteView(buffer) else { return }
      for key in keys[first...] {
        let tokens = Self.tokens(of: key, in: view, format: format)
        places.removeAll(keepingCapacity: true)
        tokens.append(to: &places, changedAt: 0)
        texts.append(places, movedBy: 0, changedAt: bytes.count + changed.count)
        changed += tokens.changed
      }
    }
    texts.bytes = changed.isEmpty ? bytes : bytes + changed
    return texts
  }

  static func labels(of key: Key, in view: ByteView, format: Exposition.Format) -> Labels {
    tokens(of: key, in: view, format: format).labels(in: view)
  }

  /// The labels of a series that was read before.
  static func tokens(of key: Key, in view: ByteView, format: Exposition.Format) -> SeriesTokens {
    var scanner = PageScanner(view, format: format, limits: .none)
    scanner.index = Int(key.start)
    scanner.bounds = key.bounds
    scanner.skipBlanks()
    // It was accepted once, in this format and below this type.
    do throws(ExpositionError) { try scanner.readSeries(isStrict: format == .openMetrics) } catch {}
    return scanner.series
  }
}

extension SeriesTexts {
  /// The labels as strings: for those who read a page once.
  package var labels: [Labels] {
    bytes.withUnsafeBytes { buffer in
      guard let view = ByteView(buffer) else { return [] }
      var start = 0
      return ends.map { end in
        let own = places[min(start, places.count)..<max(start, min(Int(end), places.count))]
        start = Int(end)
        return Labels(
          unsorted: own.map { place in
            Label(
              view.text(Int(place.name), Int(place.nameCount)),
              view.text(Int(place.value), Int(place.valueCount)))
          })
      }
    }
  }
}
