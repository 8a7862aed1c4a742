import Foundation
import Glibc
import Host
import Values
import Watch

/// How far something long has come: one line on standard error that is written over, where that is a terminal, and
/// nothing where it is not.
struct ProgressLine {
  private let what: String
  /// Nil where nobody knows.
  private let of: Int?
  private let isShown: Bool
  private var next = Clock.steady() + Self.patience
  private var wasShown = false

  /// What is over sooner says nothing.
  private static let patience = Span.milliseconds(500)
  private static let interval = Span.milliseconds(200)

  /// - Parameter what: `tickets taken in`.
  init(_ what: String, of count: Int? = nil, isShown: Bool = isatty(STDERR_FILENO) == 1) {
    self.what = what
    of = count
    self.isShown = isShown
  }

  /// So much is done.
  mutating func tell(_ done: Int) {
    guard isShown, next <= Clock.steady() else { return }
    next = Clock.steady() + Self.interval
    wasShown = true
    Self.write("\r\(Self.words(done, of: of, what))\u{1B}[K")
  }

  /// Nothing of it is left on the screen.
  mutating func clear() {
    if wasShown { Self.write("\r\u{1B}[K") }
    wasShown = false
  }

  /// `12000 of 30000 tickets taken in`.
  static func words(_ done: Int, of count: Int?, _ what: String) -> String {
    "\(done)\(count.map { " of \($0)" } ?? "") \(what)"
  }

  private static func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
