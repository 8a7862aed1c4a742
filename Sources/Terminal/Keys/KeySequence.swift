/// A control sequence (ESC [ parameters final) and what it means: xterm's, and where they differ those of
/// tmux, screen, rxvt and the Linux console.
struct KeySequence {
  let parameters: [UInt8]
  let final: UInt8

  enum Report: Hashable {
    case key(Key)
    case pasteBegins
    case synchronisedOutput
    case nothing
  }

  private var numbers: [Int] {
    parameters.split(separator: 0x3B, omittingEmptySubsequences: false)
      .map { Int(String(decoding: $0.prefix { $0 != 0x3A }, as: UTF8.self)) ?? 0 }
  }

  /// Ctrl or Alt held: xterm's second number is 1 plus bits (shift 1, alt 2, ctrl 4).
  private var isModified: Bool {
    guard let modifier = numbers.dropFirst().first, modifier > 0 else { return false }
    return (modifier - 1) & 6 != 0
  }

  var report: Report {
    if parameters.first == 0x3F || parameters.first == 0x3E { return answer }
    if parameters.first == 0x3C { return .nothing }
    switch final {
    case 0x7E: return tilde
    case 0x49: return .nothing
    case 0x4F where parameters.isEmpty: return .nothing
    case 0x52 where parameters.contains(0x3B) && numbers.first != 1: return .nothing
    case 0x75: return .key(unicodeKey)
    default: return .key(applicationKey)
    }
  }

  /// DECRPM for mode 2026: 1 set or 2 reset means known; and device attributes, which nobody asked for.
  private var answer: Report {
    final == 0x79 && ["?2026;1$", "?2026;2$"].contains(String(decoding: parameters, as: UTF8.self))
      ? .synchronisedOutput : .nothing
  }

  /// The key of a letter after ESC [ or ESC O.
  var applicationKey: Key {
    switch final {
    case 0x41: .up
    case 0x42: .down
    case 0x43: isModified ? .alt("f") : .right
    case 0x44: isModified ? .alt("b") : .left
    case 0x48: .home
    case 0x46: .end
    case 0x4D: .enter
    case 0x5A: .backtab
    case 0x50...0x53: .function(Int(final) - 0x4F)
    // rxvt's Ctrl-Right and Ctrl-Left.
    case 0x63: .alt("f")
    case 0x64: .alt("b")
    default: .unknown
    }
  }

  private var tilde: Report {
    switch numbers.first ?? 0 {
    case 1, 7: .key(.home)
    case 2: .key(.insert)
    case 3: .key(.delete)
    case 4, 8: .key(.end)
    case 5: .key(.pageUp)
    case 6: .key(.pageDown)
    case let code where (11...15).contains(code): .key(.function(code - 10))
    case let code where (17...21).contains(code): .key(.function(code - 11))
    case let code where (23...24).contains(code): .key(.function(code - 12))
    case 200: .pasteBegins
    case 201: .nothing
    default: .key(.unknown)
    }
  }

  /// `ESC [ code ; modifier u`, which some terminals send for keys that have no sequence of their own.
  private var unicodeKey: Key {
    let modifier = max(0, (numbers.dropFirst().first ?? 1) - 1)
    guard let code = numbers.first, let value = UInt32(exactly: code), let scalar = Unicode.Scalar(value)
    else { return .unknown }
    switch value {
    case 9: return modifier & 1 != 0 ? .backtab : .tab
    case 13: return .enter
    case 27: return .escape
    case 127: return .backspace
    case 0..<32, 128..<160, 0xE000...0xF8FF: return .unknown
    default: break
    }
    if modifier & 4 != 0 { return .ctrl(Character(scalar)) }
    if modifier & 2 != 0 { return .alt(Character(scalar)) }
    return .character(Character(scalar))
  }
}
