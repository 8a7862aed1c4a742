/// A colour as a theme names it.
package enum Colour: Hashable, Sendable {
  /// The terminal's own foreground or background.
  case terminal
  /// One of xterm's 256: 0–15 are the terminal's palette, 16–231 a cube, 232–255 greys.
  case indexed(UInt8)
  case rgb(UInt8, UInt8, UInt8)

  /// `default`, `#rrggbb` or 0–255; nil for anything else.
  package init?(_ text: String) {
    if text == "default" {
      self = .terminal
    } else if text.hasPrefix("#"), text.utf8.count == 7, !text.contains("+"),
      let value = UInt32(text.dropFirst(), radix: 16)
    {
      self = .rgb(
        UInt8(truncatingIfNeeded: value >> 16), UInt8(truncatingIfNeeded: value >> 8),
        UInt8(truncatingIfNeeded: value))
    } else if let index = UInt8(text), !text.hasPrefix("+") {
      self = .indexed(index)
    } else {
      return nil
    }
  }
}

extension Colour: CustomStringConvertible {
  /// As a theme file has it.
  package var description: String {
    switch self {
    case .terminal: "default"
    case .indexed(let index): String(index)
    case .rgb(let red, let green, let blue):
      "#"
        + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
  }
}

extension Colour {
  /// The number by which a terminal of `count` colours knows this one, or the nearest that it has; −1 for
  /// its own. Terminals of 2²⁴ colours take the value itself.
  package func number(ofColours count: Int) -> Int {
    switch self {
    case .terminal: return -1
    case .indexed(let index):
      if count <= 0 { return -1 }
      if Int(index) < min(count, 256) && count <= 256 { return Int(index) }
      return count > 256 ? Self.value(Self.xterm(index)) : Self.nearestBasic(Self.xterm(index), of: count)
    case .rgb(let red, let green, let blue):
      let wanted = (Int(red), Int(green), Int(blue))
      if count <= 0 { return -1 }
      if count > 256 { return Self.value(wanted) }
      return count == 256 ? Self.nearestIndexed(wanted) : Self.nearestBasic(wanted, of: count)
    }
  }

  typealias Components = (red: Int, green: Int, blue: Int)

  private static func value(_ colour: Components) -> Int {
    colour.red << 16 | colour.green << 8 | colour.blue
  }

  private static let levels = [0, 95, 135, 175, 215, 255]

  /// xterm's usual values of the first sixteen; terminals differ, which is why themes may say `blue` by number.
  private static let basic: [Components] = [
    (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205),
    (229, 229, 229), (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255),
    (255, 0, 255), (0, 255, 255), (255, 255, 255),
  ]

  private static func xterm(_ index: UInt8) -> Components {
    let index = Int(index)
    if index < 16 { return basic[index] }
    if index >= 232 {
      let grey = 8 + (index - 232) * 10
      return (grey, grey, grey)
    }
    let cube = index - 16
    return (levels[cube / 36], levels[cube / 6 % 6], levels[cube % 6])
  }

  private static func distance(_ a: Components, _ b: Components) -> Int {
    let (red, green, blue) = (a.red - b.red, a.green - b.green, a.blue - b.blue)
    return 2 * red * red + 4 * green * green + 3 * blue * blue
  }

  /// Among 16–255 only: the first sixteen are whatever the terminal's owner made of them.
  private static func nearestIndexed(_ wanted: Components) -> Int {
    (16...255).min {
      distance(xterm(UInt8($0)), wanted) < distance(xterm(UInt8($1)), wanted)
    } ?? 15
  }

  /// By hue, because the values of the sixteen differ from terminal to terminal: greys become black, white or
  /// the terminal's own, never 8, which on some dark terminals cannot be seen; all else one of six colours,
  /// bright when it is bright and the terminal has more than eight.
  private static func nearestBasic(_ wanted: Components, of count: Int) -> Int {
    let high = max(wanted.red, wanted.green, wanted.blue)
    let spread = high - min(wanted.red, wanted.green, wanted.blue)
    if spread * 4 < high || high < 48 { return high < 64 ? 0 : high < 200 ? -1 : count > 8 ? 15 : 7 }
    let step = 60.0 / Double(spread)
    let hue =
      high == wanted.red
      ? (Double(wanted.green - wanted.blue) * step + 360).truncatingRemainder(dividingBy: 360)
      : high == wanted.green
        ? 120 + Double(wanted.blue - wanted.red) * step : 240 + Double(wanted.red - wanted.green) * step
    let index =
      switch hue {
      case 20..<70: 3
      case 70..<160: 2
      case 160..<200: 6
      case 200..<260: 4
      case 260..<330: 5
      default: 1
      }
    return count > 8 && high > 200 ? index + 8 : index
  }
}
