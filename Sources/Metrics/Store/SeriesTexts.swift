/// The labels of many series as bytes in one buffer: how the new series of a page travel to the store without
/// a string for each label.
package struct SeriesTexts: Sendable {
  /// One label: where its name and its value lie in ``bytes``.
  package struct Place: Sendable {
    package var name: Int32
    package var nameCount: Int32
    package var value: Int32
    package var valueCount: Int32

    package init(name: Int32, nameCount: Int32, value: Int32, valueCount: Int32) {
      self.name = name
      self.nameCount = nameCount
      self.value = value
      self.valueCount = valueCount
    }
  }

  /// UTF-8; the page itself, with what had to be unescaped behind it.
  package var bytes: [UInt8] = []
  /// The labels of all series, one series after the other; each name once in a series, no value empty, in no order.
  /// The metric's name is the value of a label whose name is `__name__`.
  package var places: [Place] = []
  /// Where the labels of series `i` end in ``places``; they begin where those of `i - 1` end.
  package var ends: [Int32] = []

  package init() {}

  package var count: Int { ends.count }
}
