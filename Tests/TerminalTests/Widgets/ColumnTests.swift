import Terminal
import Testing

@Suite("Column")
struct ColumnTests {
  private let columns = [
    Column("state", minimum: 6), Column("alert", minimum: 10, ideal: 24),
    Column("value", minimum: 9, side: .right),
    Column("graph", minimum: 8, drop: 2), Column("playbook", minimum: 8, ideal: 16, drop: 3),
    Column("who", minimum: 5, drop: 1),
  ]

  @Test("columns go in their order and the rest is shared out from the left")
  func fit() {
    #expect(Column.fit(columns, width: 80) == [6, 24, 9, 8, 16, 5].map { $0 })
    #expect(Column.fit(columns, width: 60) == [6, 19, 9, 8, 8, 5])
    #expect(Column.fit(columns, width: 45) == [6, 13, 9, 8, nil, 5])
    #expect(Column.fit(columns, width: 36) == [6, 13, 9, nil, nil, 5])
    #expect(Column.fit(columns, width: 10) == [6, 10, 9, nil, nil, nil])
  }

  @Test("a row keeps its ends of numbers and marks every cut")
  func row() {
    var frame = Frame(width: 30, height: 3)
    let widths = Column.fit(columns, width: 27)
    let rows: [[[(String, Style)]]] = [
      [[("● PAGE", .page)], [("PackErrorRatePage", .text)], [("7.1% ≥ 5%", .strong)]],
      [[("▲ WARN", .warn)], [("Queue", .text)], [("123456789012", .text)]],
      [[("✓ up", .up)], [("Pack", .match), ("ErrorRatePage", .text)], [("84ms", .text)]],
    ]
    for (y, row) in rows.enumerated() {
      frame.row(row, columns: columns, widths: widths, in: frame.bounds.line(y))
    }
    #expect(
      frame.textLines == [
        "● PAGE PackE…Page 7.1% ≥ 5%",
        "▲ WARN Queue      …56789012",
        "✓ up   PackError…      84ms",
      ])
  }
}
