import Terminal

/// Where everything stands: header, stage, the panel of an overlay, the incident bar and the footer.
struct Layout: Equatable {
  let header: Rect
  let stage: Rect
  /// Empty while no overlay is open; otherwise below the stage, never over it.
  let panel: Rect
  /// Empty while no incident is open.
  let bar: Rect
  let footer: Rect

  static let minimum = Size(width: 40, height: 10)

  static func fits(_ size: Size) -> Bool { size.width >= minimum.width && size.height >= minimum.height }

  /// - Parameter panelHeight: lines that the overlay would like; it leaves the stage at least three.
  init(_ size: Size, hasBar: Bool, panelHeight: Int) {
    let (header, below) = Rect(size).splitTop(1)
    let (middle, footer) = below.splitBottom(1)
    let (rest, bar) = middle.splitBottom(hasBar ? 1 : 0)
    let (stage, panel) = rest.splitBottom(min(panelHeight, max(0, rest.height - 3)))
    self.header = header
    self.stage = stage
    self.panel = panel
    self.bar = bar
    self.footer = footer
  }
}
