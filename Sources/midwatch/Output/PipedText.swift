import Foundation
import Host
import Incidents
import Values

/// Words of a command line, of which `-` stands for standard input.
enum PipedText {
  /// - Parameters:
  ///   - longest: in bytes.
  ///   - remedy: a sentence for who has more.
  static func read(_ words: [String], longest: Int, remedy: String) throws -> String {
    guard words == ["-"] else { return words.joined(separator: " ") }
    if Question.isTerminal { Standard.error("Write the text; Ctrl-D on a line of its own ends it.") }
    let data = try FileHandle.standardInput.read(upToCount: longest + 1) ?? Data()
    guard data.count <= longest else { throw Refusal(remedy) }
    guard let read = String(validating: data, as: UTF8.self) else {
      throw Refusal("What standard input holds is no UTF-8 text.")
    }
    return read.trimmingCharacters(in: .newlines)
  }

  /// Of a note.
  static func note(_ words: [String]) throws -> String {
    try read(
      words, longest: 1 << 20,
      remedy: "That is more than a megabyte; a note has less. Keep it as a file and note where it is.")
  }
}
