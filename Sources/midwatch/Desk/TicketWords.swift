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
    guard text == "-" else { return text }
    let data = try FileHandle.standardInput.read(upToCount: longest + 1) ?? Data()
    guard data.count <= longest else {
      throw Refusal("That is more than a megabyte; attach it as a file with --attach.")
    }
    guard let read = String(validating: data, as: UTF8.self) else {
      throw Refusal("What standard input holds is no UTF-8 text.")
    }
    return read.trimmingCharacters(in: .newlines)
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
