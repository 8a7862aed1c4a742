import Comms
import Incidents
import Values

/// A draft as the command line tells of it.
struct UpdateReport: Encodable {
  struct Hole: Encodable {
    let name: String
    let ask: String
  }

  struct Line: Encodable {
    let change: String
    let text: String
  }

  struct Copy: Encodable {
    let recipient: String
    let subject: String
    let text: String
  }

  struct Remark: Encodable {
    let mark: Finding.Mark
    let topic: Finding.Topic
    let sentence: String
    let part: Finding.Part?
    let line: Int?
    let column: Int?
    let recipient: String?

    init(_ finding: Finding, recipient: String? = nil) {
      mark = finding.mark
      topic = finding.topic
      sentence = finding.sentence
      part = finding.place?.part
      line = finding.place?.position.line
      column = finding.place?.position.column
      self.recipient = recipient
    }
  }

  var schema = "midwatch.update_draft/1"
  /// Nil for one that is not saved.
  let draft: String?
  let incident: String?
  let system: String?
  let template: String?
  let audience: String
  let stage: Stage
  let nextUpdate: Instant?
  let subject: String
  let text: String
  let copies: [Copy]
  let unfilled: [Hole]
  let findings: [Remark]
  /// Since the update that its readers saw last; empty when there was none.
  let since: [Line]
}

extension Finding {
  /// `D-3:2:5: error: …`, with the subject's place named.
  func line(in file: String, bodyLine: Int = 1, subject: Position = .start) -> String {
    let place: String
    switch self.place {
    case nil: place = file
    case .some(let found) where found.part == .subject:
      place = "\(file):\(subject.line):\(subject.column + found.position.column - 1)"
    case .some(let found): place = "\(file):\(found.position.line + bodyLine - 1):\(found.position.column)"
    }
    let word = mark == .error ? "error: " : mark == .warning ? "warning: " : ""
    return "\(place): \(word)\(sentence)"
  }
}
