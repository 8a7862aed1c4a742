/// How charts look; in a page once, in a file of its own with each.
enum ChartStyle {
  /// Dash patterns by the number of the line, for those who see no difference of colour.
  static let dashes = ["", "8 4", "2 3", "12 3 2 3", "5 2", "1 5", "14 5", "6 2 1 2"]

  /// Where the reader chose all colours, lines differ by their dashes alone.
  private static let forced = """
    @media (forced-colors: active) {
    svg.chart { --ink: CanvasText; --dim: CanvasText; --grid: Canvas; --alarm: CanvasText; --shade: CanvasText;
    --line0: CanvasText; --line1: CanvasText; --line2: CanvasText; --line3: CanvasText; }
    }

    """

  /// - Parameter followsScheme: dark where the reader's screen is; never on paper.
  static func css(followsScheme: Bool) -> String {
    let dark = """
      @media screen and (prefers-color-scheme: dark) {
      svg.chart { --ink: #e6edf3; --dim: #a3adb8; --grid: #343b44; --alarm: #ff8f85; --shade: #ff8f85;
      --line0: #6cb6ff; --line1: #ffa657; --line2: #5fd38d; --line3: #d2a8ff; }
      }

      """
    return """
      svg.chart { --ink: #1f2328; --dim: #57606a; --grid: #d8dee4; --alarm: #b3261e; --shade: #b3261e;
      --line0: #0550ae; --line1: #a04100; --line2: #116329; --line3: #6639ba;
      font: 12px/1 system-ui, "DejaVu Sans", sans-serif; }
      svg.chart text { fill: var(--ink); }
      svg.chart .dim { fill: var(--dim); }
      svg.chart .alarm { fill: var(--alarm); font-weight: 600; }
      svg.chart .grid { stroke: var(--grid); stroke-width: 1; }
      svg.chart .axis { stroke: var(--dim); stroke-width: 1; }
      svg.chart .limit { stroke: var(--alarm); stroke-width: 1.5; stroke-dasharray: 6 3; }
      svg.chart .span { fill: var(--shade); fill-opacity: 0.13; }
      svg.chart .bar { fill: var(--shade); }
      svg.chart .mark { stroke: var(--ink); stroke-width: 1; stroke-dasharray: 1 3; }
      svg.chart .line { fill: none; stroke-width: 1.8; stroke-linejoin: round; }
      svg.chart .line0 { stroke: var(--line0); }
      svg.chart .line1 { stroke: var(--line1); }
      svg.chart .line2 { stroke: var(--line2); }
      svg.chart .line3 { stroke: var(--line3); }
      svg.chart .dot { stroke-width: 4; stroke-linecap: round; }

      """ + (followsScheme ? dark : "") + forced
  }
}
