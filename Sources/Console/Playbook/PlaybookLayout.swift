import Terminal

/// Where the parts of the playbook screen stand.
struct PlaybookLayout {
  let title: Rect
  /// What has to be known of the run, a line each.
  let notices: Rect
  let steps: Rect
  /// The line over the text; of no size where panes stand side by side.
  let textRule: Rect
  let text: Rect
  let outputRule: Rect
  /// Of no size while there is no output to be shown.
  let output: Rect
  /// Whether steps and text stand side by side.
  let isWide: Bool

  /// - Parameters:
  ///   - wanted: lines that the text would like, for the width that ``textWidth(_:isWhole:)`` gives.
  ///   - hasOutput: something of the step was run.
  init(
    _ area: Rect, notices count: Int, focus: PlaybookScreen.Focus, isWhole: Bool, hasOutput: Bool, wanted: Int
  ) {
    isWide = area.width >= Self.wide
    let (title, below) = area.splitTop(1)
    let (notices, rest) = below.splitTop(min(count, max(0, below.height - 6)))
    self.title = title
    self.notices = notices
    let none = Rect(x: rest.x, y: rest.bottom, width: 0, height: 0)
    if isWhole {
      steps = focus == .steps ? rest : none
      textRule = none
      text = focus == .text ? rest.inset(left: 1) : none
      (outputRule, output) = focus == .output ? rest.splitTop(1) : (none, none)
      return
    }
    let pane: Rect
    if isWide {
      let (left, right) = rest.splitLeft(rest.width * 42 / 100)
      steps = left
      pane = right.inset(left: 2)
      textRule = none
    } else {
      // A terse list is enough to see where one is while something else is looked at.
      let share = focus == .steps ? 50 : focus == .text ? 30 : 20
      let (top, bottom) = rest.splitTop(max(3, rest.height * share / 100))
      steps = top
      let (rule, under) = bottom.splitTop(1)
      textRule = rule
      pane = under.inset(left: 1)
    }
    guard hasOutput else {
      (text, outputRule, output) = (pane, none, none)
      return
    }
    let least = min(pane.height, 4)
    let share = focus == .output ? 25 : focus == .text ? 70 : 50
    let height = max(min(wanted + (isWide ? 1 : 0), pane.height * share / 100), min(wanted, least) / 2)
    let (words, out) = pane.splitTop(max(1, height))
    text = words
    let (rule, lines) = out.splitTop(1)
    outputRule = rule
    output = lines
  }

  static let wide = 84

  /// How wide the text is.
  static func textWidth(_ area: Rect, isWhole: Bool) -> Int {
    area.width >= wide && !isWhole ? area.width - area.width * 42 / 100 - 3 : area.width - 2
  }
}
