/// What a piece of the screen means; a theme says how that looks. Views name slots, never colours.
package enum Slot: Hashable, Sendable, CaseIterable {
  case text, dim, strong, rule, selection, key, match, input
  case page, warn, info, pending
  case up, down, unknown, maintenance
  case done, due, overdue
  case `public`, `internal`
  case added, removed, threshold
  /// One of the colours that tell series apart, 0…5; see ``chart(series:)``.
  case chart0, chart1, chart2, chart3, chart4, chart5

  /// The colour of series number `index` of a chart, from 0; they repeat after six.
  package static func chart(series index: Int) -> Slot {
    let slots: [Slot] = [.chart0, .chart1, .chart2, .chart3, .chart4, .chart5]
    return slots[Int(index.magnitude % UInt(slots.count))]
  }
}

/// Not RawRepresentable: that would compare and hash slots by their names, for each cell of each frame.
extension Slot {
  /// The name in a theme file; series colours are `chart0` … `chart5` here and a list `chart` there.
  package var name: String { String(describing: self) }

  /// Nil for a name that is no slot's.
  package init?(name: String) {
    guard let slot = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = slot
  }
}
