import Glibc
import Playbooks
import Values
import Wire

/// How a plan becomes a process: a shell that evaluates exactly the bytes of the plan.
///
/// The bytes travel in the environment, which only this user can read, and not among the words, which everybody can.
/// The shell takes them out of its environment before it evaluates them.
struct CommandShell {
  /// A program's words, its environment over ours, and what of ours it does not get.
  struct Call: Equatable {
    var words: [String]
    var environment: [String: Secret]
    var withheld: Set<String>
  }

  /// Found in PATH; nil: `sh`.
  let bash: String?

  /// By our own PATH.
  static var ours: CommandShell { CommandShell(path: getenv("PATH").map { String(cString: $0) }) }

  init(path: String?) {
    bash = Self.find("bash", in: path ?? "/usr/local/bin:/usr/bin:/bin")
  }

  /// - Parameters:
  ///   - left: the file that the shell fills with what it leaves; nil when nobody wants to know.
  ///   - hasTerminal: whether it may ask the responder.
  func call(for order: CommandOrder, left: String?, hasTerminal: Bool = false) -> Call {
    let plan = order.plan
    var environment = hasTerminal ? [:] : Self.quiet
    environment.merge(plan.environment) { $1 }
    environment["MIDWATCH_COMMAND"] = Secret(order.id)
    environment["MIDWATCH_RUN"] = Secret(order.run)
    environment["MIDWATCH_STEP"] = Secret(plan.step)
    environment[Self.textName] = plan.text.exact
    let start = bash.map { [$0, "--noprofile", "--norc"] } ?? ["sh"]
    let words = start + ["-c", Self.script(left: left, keep: plan.keep), "midwatch"]
    return Call(words: words, environment: environment, withheld: Self.withheld)
  }

  private static let textName = "MIDWATCH_TEXT"

  /// Keeps programs from asking a terminal that is not there, or from opening a pager on it.
  private static let quiet = [
    "TERM": "dumb", "PAGER": "cat", "GIT_PAGER": "cat", "MANPAGER": "cat", "SYSTEMD_PAGER": "cat",
    "AWS_PAGER": "", "GIT_TERMINAL_PROMPT": "0", "SSH_ASKPASS_REQUIRE": "never",
  ].mapValues { Secret($0) }

  /// What makes a shell run or do more than it was told to.
  private static let withheld: Set<String> = ["BASH_ENV", "ENV", "SHELLOPTS", "BASHOPTS", "PROMPT_COMMAND"]

  /// What the shell is told besides the plan: to say where it ended up and what it was to keep.
  static func script(left: String?, keep: [String]) -> String {
    let take = "midwatch_text=$\(textName); unset \(textName)"
    let evaluate = "eval \"$midwatch_text\""
    guard let left else { return "\(take)\n\(evaluate)" }
    let names = Set(keep.filter(LeftBehind.isName)).sorted()
    let values = names.map {
      "[ -z \"${\($0)+x}\" ] || command printf '%s\\0' \"\($0)=$\($0)\""
    }
    let write = (["command pwd", "command printf '\\0'"] + values).joined(separator: "; ")
    // Options that the text sets must neither end this early nor show it.
    return """
      \(take)
      midwatch_left() { { \(write); } >|\(quoted(left)) 2>/dev/null; }
      trap '{ set +exu; } 2>/dev/null; midwatch_left' EXIT
      \(evaluate)
      """
  }

  /// As one word of a shell, whatever is in it.
  static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "'\\''") + "'"
  }

  private static func find(_ program: String, in path: String) -> String? {
    for folder in path.split(separator: ":") where folder.hasPrefix("/") {
      let candidate = "\(folder)/\(program)"
      if access(candidate, X_OK) == 0 { return candidate }
    }
    return nil
  }
}
