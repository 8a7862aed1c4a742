/// Cuts bytes into the elements of one list of a JSON document, however they come in pieces: of the document's, or
/// of the one at a path of names. Holds one element at a time, and reads none of them.
package struct JSONElements: Sendable {
  package struct Element: Equatable, Sendable {
    /// 1 for the first.
    package let number: Int
    /// The line of the file on which it begins.
    package let line: Int
    package let bytes: [UInt8]
    /// It is too long to be held.
    package let isCut: Bool
  }

  package static let longest = 16 << 20

  private struct Level {
    let isObject: Bool
    var name: [UInt8] = []
    var awaitsName: Bool
  }

  private let path: [[UInt8]]
  private var levels: [Level] = []
  private var isInText = false
  private var isEscaped = false
  private var text: [UInt8] = []
  /// How many levels are open outside the list, itself included; nil outside it.
  private var depth: Int?
  private var element: [UInt8] = []
  private var isCut = false
  private var number = 0
  private var line = 1
  private var begin = 1
  /// Whether the list was there.
  package private(set) var wasFound = false

  /// - Parameter path: names of objects within each other; empty: the document is the list.
  package init(path: [String]) {
    self.path = path.map { Array($0.utf8) }
  }

  /// Whether everything that was opened was closed.
  package var isWhole: Bool { levels.isEmpty && !isInText }

  package mutating func read(_ bytes: some Sequence<UInt8>) -> [Element] {
    var elements: [Element] = []
    for byte in bytes {
      step(byte, &elements)
      if byte == 0x0A { line += 1 }
    }
    return elements
  }

  private mutating func step(_ byte: UInt8, _ elements: inout [Element]) {
    if isInText {
      keep(byte)
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isInText = false
        if depth == nil, let last = levels.indices.last, levels[last].awaitsName { levels[last].name = text }
        return
      }
      if depth == nil, text.count < 256 { text.append(byte) }
      return
    }
    switch byte {
    case UInt8(ascii: "\""):
      isInText = true
      text.removeAll(keepingCapacity: true)
      keep(byte)
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      let isObject = byte == UInt8(ascii: "{")
      if depth == nil, !isObject, levels.map(\.name) == path, levels.allSatisfy(\.isObject), !wasFound {
        wasFound = true
        depth = levels.count + 1
      } else {
        keep(byte)
      }
      levels.append(Level(isObject: isObject, awaitsName: isObject))
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      if depth == levels.count {
        end(&elements)
        depth = nil
      } else {
        keep(byte)
      }
      _ = levels.popLast()
    case UInt8(ascii: ",") where depth == levels.count: end(&elements)
    case UInt8(ascii: ":"):
      if depth == nil, let last = levels.indices.last { levels[last].awaitsName = false }
      keep(byte)
    case UInt8(ascii: ","):
      if depth == nil, let last = levels.indices.last { levels[last].awaitsName = levels[last].isObject }
      keep(byte)
    default: keep(byte)
    }
  }

  private mutating func keep(_ byte: UInt8) {
    guard depth != nil else { return }
    let isBlank = byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    if element.isEmpty {
      if isBlank { return }
      begin = line
    }
    if element.count < Self.longest { element.append(byte) } else { isCut = true }
  }

  private mutating func end(_ elements: inout [Element]) {
    guard !element.isEmpty else { return }
    while let last = element.last, last == 0x20 || last == 0x0A || last == 0x0D || last == 0x09 {
      element.removeLast()
    }
    number += 1
    elements.append(Element(number: number, line: begin, bytes: element, isCut: isCut))
    element.removeAll(keepingCapacity: true)
    isCut = false
  }
}
