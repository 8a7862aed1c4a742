import Incidents
import Retro
import Values

/// A retro in which every block says the same hostile words.
enum HostileDocument {
  static func saying(_ words: String) -> RetroDocument {
    let start = Instant(rfc3339: "2026-11-21T03:00:00Z") ?? Instant(milliseconds: 0)
    let chart = SeriesChart(
      title: words, unit: .ratio, from: start, until: start + .hours(1),
      lines: [.init(name: words, points: (0..<60).map { .init(start + .minutes($0), Double($0 % 9)) })],
      thresholds: [.init(name: words, value: 5)],
      firing: [.init(name: words, from: start + .minutes(5), until: start + .minutes(20))],
      marks: [.init(name: words, at: start + .minutes(6))])
    let blocks: [RetroBlock] = [
      .paragraph(words), .warning(words), .facts([.init(words, words)]), .list([words]),
      .table(
        .init(caption: words, headings: [words], rows: [[.init(words)], [.init(words, isStruck: true)]])),
      .verbatim(words, language: words), .written(words),
      .conversation([.init(at: start, who: words, isPublic: true, text: words)]), .chart(chart),
      .group(title: words, [.paragraph(words)]),
    ]
    let sections = ["summary", "impact", "timeline", "root_cause", "charts"].map {
      RetroSection(id: $0, title: words, blocks: blocks)
    }
    return RetroDocument(
      title: words, values: ["title": words, "incident": words, "severity": words], sections: sections,
      stamp: .init(
        journal: words, origin: String(repeating: "0f", count: 16), count: 42,
        head: String(repeating: "9f", count: 32)), made: start)
  }
}
