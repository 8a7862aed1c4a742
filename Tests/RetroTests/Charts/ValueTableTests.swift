import Testing
import Values

@testable import Retro

@Suite struct ValueTableTests {
  private func rows(_ chart: SeriesChart) -> [[String]] { chart.valueTable.rows.map { $0.map(\.text) } }

  private func chart(_ values: [Double?]...) -> SeriesChart {
    SeriesChart(
      title: "Queue", from: ChartSample.start,
      until: ChartSample.at(60 * Int64((values.first?.count ?? 1) - 1)),
      lines: values.enumerated().map { number, values in
        SeriesChart.Line(
          name: "line \(number)",
          points: values.enumerated().map { .init(ChartSample.at(60 * Int64($0.offset)), $0.element) })
      })
  }

  @Test func rowsWithoutDataAreOneOfTheirTime() {
    #expect(
      rows(chart([nil, nil, nil, 4, nil, 5, nil, nil])) == [
        ["2026-11-22 02:35:33Z to 02:37:33Z", "no data"], ["2026-11-22 02:38:33Z", "4"],
        ["2026-11-22 02:39:33Z", "no data"], ["2026-11-22 02:40:33Z", "5"],
        ["2026-11-22 02:41:33Z to 02:42:33Z", "no data"],
      ])
    // Where one line has a value the row stays.
    #expect(
      rows(chart([nil, 1, nil, nil], [nil, nil, nil, nil])) == [
        ["2026-11-22 02:35:33Z", "no data", "no data"], ["2026-11-22 02:36:33Z", "1", "no data"],
        ["2026-11-22 02:37:33Z to 02:38:33Z", "no data", "no data"],
      ])
  }

  /// Of more points than rows: in steps, of which each names where it ends.
  @Test func stepsWithoutDataAreOneOfTheirTime() {
    let values: [Double?] = (0..<120).map { $0 < 90 ? nil : Double($0) }
    #expect(
      rows(chart(values)).prefix(2) == [
        ["2026-11-22 02:35:33Z to 04:05:00Z", "no data"], ["2026-11-22 04:05:00Z", "90 to 94"],
      ])
  }
}
