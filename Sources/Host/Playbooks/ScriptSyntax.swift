import Playbooks
import Transfer
import Values
import Wire

/// Lets the shells of this machine look at the syntax of commands; `-n` runs nothing.
package enum ScriptSyntax {
  private static let patience = Span.seconds(5)
  /// One argument of a program is at most 128 KiB long (execve(2), MAX_ARG_STRLEN).
  private static let maximumBytes = 120 << 10
  private static let atOnce = 4

  /// What is wrong with them, in their order. Blocks until every shell has ended.
  package static func problems(_ scripts: [Script], file: String) -> [Problem] {
    guard !scripts.isEmpty else { return [] }
    let ends = Mailbox<(Int, Result<ProcessEnd, Failure>)>()
    let processes = Processes(atOnce: atOnce) { ends.post((Int(exactly: $0.number) ?? -1, $1)) }
    defer { processes.stop() }
    var problems: [Int: Problem] = [:]
    var waiting = 0
    for (index, script) in scripts.enumerated() {
      guard script.text.utf8.count <= maximumBytes else {
        problems[index] = Problem(
          "this command is too long for a shell to be asked about it", remedy: "put it in a file of its own",
          file: file, at: Position(line: script.line, column: 1), weight: .warning)
        continue
      }
      processes.start(request(for: script), id: TransferID(UInt64(index)))
      waiting += 1
    }
    while waiting > 0 {
      _ = ends.wait(timeout: nil)
      for (index, end) in ends.drain() {
        waiting -= 1
        guard scripts.indices.contains(index) else { continue }
        problems[index] = problem(with: scripts[index], end, file: file)
      }
    }
    return problems.sorted { $0.key < $1.key }.map(\.value)
  }

  private static func request(for script: Script) -> ProcessRequest {
    var request = ProcessRequest(words: [shell(for: script), "-n", "-c", script.text])
    // What a shell would read first, and the language of its sentences.
    request.withheld = ["ENV", "BASH_ENV", "SHELLOPTS", "BASHOPTS", "LANG", "LANGUAGE"]
    request.environment = ["LC_ALL": Secret("C")]
    request.timeout = patience
    request.outputLimit = 4 << 10
    return request
  }

  private static func shell(for script: Script) -> String { script.dialect == .bash ? "bash" : "sh" }

  private static func problem(
    with script: Script, _ end: Result<ProcessEnd, Failure>, file: String
  ) -> Problem? {
    let shell = shell(for: script)
    switch end {
    case .success(let end) where end.ending == .status(0): return nil
    case .success(let end) where !end.isLate:
      let (line, what) = ShellComplaint.read(String(decoding: end.errors, as: UTF8.self))
      let last = script.line + script.text.count { $0.isNewline }
      return Problem(
        "\(shell) cannot read this command: \(Inert.terminal(what))", remedy: "correct it; it cannot run so",
        file: file, at: Position(line: min(last, script.line + max(0, line - 1)), column: 1))
    case .success, .failure:
      var why = "\(shell) did not answer in \(patience.short)"
      if case .failure(let failure) = end { why = failure.reason }
      return Problem(
        "nobody could look at this command's syntax: \(Inert.terminal(why))",
        remedy: "install \(shell), or read it twice", file: file, at: Position(line: script.line, column: 1),
        weight: .warning)
    }
  }
}

/// What a shell says of a text that it cannot read: `sh: 2: Syntax error: …`, `bash: -c: line 2: syntax error …`.
enum ShellComplaint {
  /// The line that it names, from 1, and the sentence.
  static func read(_ text: String) -> (line: Int, what: String) {
    let first = String(text.prefix { !$0.isNewline })
    let parts = first.split(separator: ":", omittingEmptySubsequences: false).map { part in
      String(part.drop { $0 == " " })
    }
    for (index, part) in parts.enumerated().dropFirst() {
      let number = part.hasPrefix("line ") ? String(part.dropFirst(5)) : part
      guard let line = Int(number), line > 0 else { continue }
      let rest = parts[(index + 1)...].joined(separator: ": ")
      return (line, rest.isEmpty ? first : rest)
    }
    return (1, first.isEmpty ? "it says nothing more" : first)
  }
}
