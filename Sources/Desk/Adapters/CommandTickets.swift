import Incidents
import JSON
import Values

/// `command:` – any program that prints JSON, and programs that take what goes out. Values are words of their own, never
/// a shell's; what is written comes on standard input besides.
package enum CommandTickets: TicketAdapter {
  package static let name = "command"

  package static func list(_ place: String?, cursor: String?) -> TicketRequest? {
    cursor == nil ? .run(words: [], input: "") : nil
  }

  package static func request(_ errand: TicketErrand, by call: TicketCall) throws(Refusal) -> TicketRequest {
    var words: [String] = []
    var isBehindDashes = false
    for template in call.words {
      let word = TicketTemplate.fill(template, errand.values)
      guard !word.contains("\0") else { throw Refusal("A word of a command cannot hold a zero byte.") }
      // A value that begins a word with a dash would be read as an option.
      guard isBehindDashes || template.hasPrefix("-") || !word.hasPrefix("-") || !template.hasPrefix("{")
      else {
        throw Refusal(
          "\"\(Inert.terminal(String(word.prefix(40))))\" would be read as an option of "
            + "\(Inert.terminal(call.words.first ?? "")); write \"--\" before it, or the word as --name={…}, or read standard input."
        )
      }
      if template == "--" { isBehindDashes = true }
      words.append(word)
    }
    return .run(words: words, input: errand.values["text"] ?? "")
  }

  package static func document(_ answer: TicketAnswer) -> Result<JSONValue, TicketFailure> {
    guard case .output(let bytes) = answer else {
      return .failure(TicketFailure(.unknown, "what came back is no output of a program"))
    }
    switch JSONValue.read(bytes, keepsDigits: true) {
    case .success(let document): return .success(document)
    case .failure(let mistake): return .failure(TicketFailure(.passing, "its output is \(mistake.reason)"))
    }
  }

  package static func usual(_ operation: TicketOperation) -> TicketCall? { nil }
}
