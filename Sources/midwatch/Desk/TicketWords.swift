import Foundation
import Host
import Incidents
import Values

/// What options say that stands elsewhere.
enum TicketWords {
  /// Longer texts are files, not comments.
  private static let longest = 1 << 20

  /// The words, or what standard input holds where they are `-`.
  static func read(_ text: String) throws -> String {
    try PipedText.read(
      [text], longest: longest, remedy: "That is more than a megabyte; attach it as a file with --attach.")
  }

  /// Absolute, each of a file that is there.
  static func attachments(_ paths: [String], _ options: TicketOptions) throws -> [String] {
    try paths.map { path in
      let whole = options.state.places.absolute(path)
      guard FileManager.default.fileExists(atPath: whole) else {
        throw Refusal("There is no file \(Inert.terminal(path)) to attach.")
      }
      return whole
    }
  }
}
