import Comms
import Documents
import Foundation
import Incidents
import Values

/// A file that holds an update: with a subject, without one, or a template.
struct UpdatePage {
  var subject: String?
  let text: String
  var bodyLine = 1
  var subjectPosition = Position.start
  var template: Template?

  /// - Parameters:
  ///   - name: as it was written, `-` for standard input; errors name it.
  ///   - path: absolute.
  static func read(_ name: String, path: String) throws -> UpdatePage {
    let data =
      name == "-"
      ? FileHandle.standardInput.readDataToEndOfFile() : FileManager.default.contents(atPath: path)
    guard let data else { throw Refusal("\(Inert.terminal(name)) cannot be read.") }
    guard data.count <= 1 << 20, let text = String(validating: data, as: UTF8.self) else {
      throw Refusal("\(Inert.terminal(name)) is no text in UTF-8 of at most 1 MiB.")
    }
    return try UpdatePage(text, file: name)
  }

  init(_ source: String, file: String) throws {
    if source.hasPrefix("---\n") || source.hasPrefix("---\r\n") {
      var problems: [Problem] = []
      guard let template = Template(source, file: file, problems: &problems) else {
        throw Refusal(problems.map(\.description).joined(separator: "\n"))
      }
      let front = FrontMatter(source, file: file, problems: &problems)
      self.template = template
      subject = template.subject
      text = template.text
      bodyLine = front.bodyLine + front.body.prefix { $0.isNewline }.count
      return
    }
    var lines = source.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
    while let last = lines.last, last.allSatisfy(\.isWhitespace) { lines.removeLast() }
    guard let first = lines.first, first.lowercased().hasPrefix("subject:") else {
      text = lines.joined(separator: "\n")
      return
    }
    let rest = first.dropFirst("subject:".count)
    let written = rest.drop { $0 == " " }
    subject = String(written)
    subjectPosition = Position(line: 1, column: first.count - written.count + 1)
    let body = lines.dropFirst().drop { $0.allSatisfy(\.isWhitespace) }
    bodyLine = body.startIndex + 1
    text = body.joined(separator: "\n")
  }
}
