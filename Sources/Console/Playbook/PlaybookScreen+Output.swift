import Playbooks
import Terminal
import Values

/// What the step's commands wrote.
extension PlaybookScreen {
  func drawOutput(
    in frame: inout Frame, _ layout: PlaybookLayout, _ world: World, at now: Instant, hasToast: Bool
  ) {
    guard !layout.outputRule.isEmpty, let trace = trace(world) else { return }
    let lines = lines(world)
    drawRule(of: trace, lines, in: &frame, layout.outputRule, world, at: now)
    // What has just ended is told of on the last line, and what it wrote last stands above that.
    let area = hasToast ? layout.output.splitBottom(1).rest : layout.output
    guard !area.isEmpty else { return }
    guard let lines, lines.count > 0 else {
      frame.paragraph(whyNoLines(trace), in: area, style: .dim)
      return
    }
    for (row, place) in output.visible(count: lines.count, height: area.height).enumerated() {
      let (text, isError) = lines[place]
      let line = area.line(row)
      let shifted = output.left == 0 ? text : String(text.dropFirst(output.left))
      let style: Style = isError ? .warn : .text
      let isCut = shifted.displayWidth > area.width
      let fitting = isCut ? shifted.truncatedEnd(to: area.width) : shifted
      if output.search.isEmpty {
        frame.put(fitting, at: line.origin, style: style, clip: line)
      } else {
        frame.put(Self.marked(fitting, output.search, style), at: line.origin, clip: line)
      }
      if place == output.match { frame.highlight(line) }
    }
  }

  /// How it ended or goes, how long, how much, and where in it one is.
  private func drawRule(
    of trace: CommandTrace, _ lines: OutputLines?, in frame: inout Frame, _ rule: Rect, _ world: World,
    at now: Instant
  ) {
    let all = traces(world)
    var segments = [
      Segment([("output", focus == .output ? .strong : .text)]), Segment(trace.told(at: now)),
    ]
    if case .finished(let fact, _)? = trace.end {
      segments.append(Segment([(fact.took.short, .text)], drop: 3))
      if trace.mode != .terminal { segments.append(Segment([(Self.count(fact.lines), .text)], drop: 1)) }
      if fact.truncated { segments.append(Segment([("the middle is missing", .due)])) }
    } else if trace.end == nil, trace.mode != .terminal, let news = trace.news {
      segments.append(Segment([(Self.count(news.output.lines), .text)]))
      if news.output.missing > 0 { segments.append(Segment([("\(news.output.missing) missing", .due)])) }
    }
    if all.count > 1, let place = all.firstIndex(where: { $0.id == trace.id }) {
      segments.append(Segment([("\(place + 1) of \(all.count)", .text), ("  < >", .key)], drop: 2))
    }
    if trace.by != world.options.handle || trace.underWay == nil {
      segments.append(Segment([("\(trace.by) \(trace.at.minuteUTC)", .dim)], drop: 4))
    }
    var right: Spans = []
    if !output.search.isEmpty {
      right = [("/ \(output.search.truncatedEnd(to: 24))", .match)]
      if let match = output.match, let lines { right.append((" line \(lines.number(of: match))", .dim)) }
    } else if let lines, lines.count > 0, output.top != nil {
      right = [("G follows", .dim)]
    }
    let room = rule.width - 6 - (right.isEmpty ? 0 : right.displayWidth + 6)
    frame.rule(rule, title: Segment.fit(segments, width: room, gap: 4).map(\.spans), right: right)
  }

  static func count(_ lines: Int) -> String { lines == 1 ? "1 line" : "\(lines) lines" }

  /// `text` in pieces with what is searched marked; case does not matter.
  static func marked(_ text: String, _ search: String, _ style: Style) -> Spans {
    let (lower, wanted) = (text.lowercased(), search.lowercased())
    // Letters whose case changes their length would shift the marks.
    guard !wanted.isEmpty, lower.count == text.count else { return [(text, style)] }
    var spans: Spans = []
    var rest = Substring(text)
    var lowered = Substring(lower)
    while let range = lowered.firstRange(of: wanted) {
      let before = lowered.distance(from: lowered.startIndex, to: range.lowerBound)
      spans.append((String(rest.prefix(before)), style))
      rest = rest.dropFirst(before)
      spans.append((String(rest.prefix(wanted.count)), .match))
      rest = rest.dropFirst(wanted.count)
      lowered = lowered[range.upperBound...]
    }
    return spans + [(String(rest), style)]
  }
}
