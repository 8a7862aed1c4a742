import ArgumentParser
import Desk
import Host
import Incidents
import Journal
import Values

/// Whose journal and folders, with which roles, and how to answer: the same for every verb about tickets.
struct TicketOptions: ParsableArguments {
  @OptionGroup var state: StateOptions
  @Option(help: ArgumentHelp("The folder of system folders.", valueName: "dir")) var playbooks: String?
  @Option(help: ArgumentHelp("A role of yours; again for more. Default $MIDWATCH_ROLES.", valueName: "role"))
  var role: [String] = []
  @Flag(help: "It is meant, although it is outside your roles or two people's.") var sure = false
  @Option(help: "How to answer.") var format = OutputFormat.table

  var roles: Set<String> {
    guard role.isEmpty else { return Set(role) }
    let named = state.environment["MIDWATCH_ROLES"] ?? ""
    return Set(named.split { $0 == "," || $0.isWhitespace }.map(String.init))
  }

  /// `T-482`, `t-482` and `482`; another origin's as it is.
  static func key(_ text: String) -> String {
    if !text.isEmpty, text.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }) { return "T-\(text)" }
    return text.lowercased().hasPrefix("t-") ? text.uppercased() : text
  }

  /// Each once, in their order; commas part them, too.
  static func keys(_ texts: [String]) -> [String] {
    var keys: [String] = []
    for key in texts.flatMap({ $0.split(separator: ",") }).map({ key(String($0)) }) where !keys.contains(key)
    {
      keys.append(key)
    }
    return keys
  }

  /// Tickets and the word behind them: `T-1 T-2 ops2`.
  ///
  /// - Parameter what: what the last word is.
  static func split(_ words: [String], last what: String) throws -> (tickets: [String], last: String) {
    guard let last = words.last, words.count > 1 else {
      throw ValidationError("Name one ticket or more, and then \(what).")
    }
    return (Array(words.dropLast()), last)
  }
}
