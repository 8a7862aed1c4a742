import ArgumentParser
import Incidents
import Playbooks

struct PlaybookFind: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "find", abstract: "Find words in all playbooks: symptoms, error texts, known issues.",
    discussion: "Finds the sections that hold every word, titles first. Exit status 1 when there is none.")

  private struct Document: Encodable {
    struct Row: Encodable {
      let system: String
      let playbook: String
      let title: String
      let anchor: String?
      let section: String?
      let line: String
    }

    var schema = "midwatch.playbook_hits/1"
    let hits: [Row]
  }

  @Option(help: ArgumentHelp("The folder of system folders.", valueName: "dir")) var playbooks: String?
  @Option(help: "Only this system, or the folder at this path; again for more.") var system: [String] = []
  @Option(help: "How many places at most.") var last = 50
  @Option(help: "How to answer.") var format = OutputFormat.table
  @Argument(help: "What to look for.", completion: .none) var words: [String]

  func run() throws {
    guard last > 0 else { throw ValidationError("--last is a number above 0.") }
    var isFound = false
    try Standard.telling {
      var which = try SystemOptions.parse(system)
      which.playbooks = playbooks
      let books = PlaybookShelf(try which.sources()).books
      let query = words.joined(separator: " ")
      let hits = books.flatMap { book in
        PlaybookSearch(book.folder.playbooks).find(query, limit: last).map { (book.folder.name, $0) }
      }
      let ranked = hits.enumerated().sorted {
        ($1.element.1.score, $0.offset) < ($0.element.1.score, $1.offset)
      }.prefix(last).map(\.element)
      isFound = !ranked.isEmpty
      if format == .json {
        return try Standard.json(
          Document(
            hits: ranked.map { system, hit in
              Document.Row(
                system: system, playbook: hit.playbook, title: hit.title, anchor: hit.anchor,
                section: hit.heading, line: hit.line)
            }))
      }
      guard isFound else {
        let places = books.map(\.folder.name).joined(separator: ", ")
        return Standard.out(
          books.isEmpty ? "No system is configured." : "No playbook of \(places) holds all of that.")
      }
      Standard.out(
        Columns.text(
          ranked.map { system, hit in
            [
              system, hit.playbook + (hit.anchor.map { "#\($0)" } ?? ""), hit.heading ?? hit.title, hit.line,
            ]
          }))
    }
    if !isFound { throw ExitCode(1) }
  }
}
