import ArgumentParser
import Console

struct KeysVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys", abstract: "List every key of the console, as docs/keys.md has them.")

  func run() throws {
    Standard.out(ActionTable.markdown)
  }
}
