import ArgumentParser

/// How the console looks and what it may do.
struct ScreenOptions: ParsableArguments {
  @Flag(name: .customLong("read-only"), help: "Remove everything that acts; never take the engine's place.")
  var readOnly = false

  @Flag(
    name: .customLong("no-exec"),
    help: "Run no command of a playbook: copy and tick. As MIDWATCH_NO_EXEC=1 does.")
  var noExec = false

  @Flag(help: "Linear text instead of a screen, for screen readers and pipes.")
  var plain = false

  @Flag(help: "Draw signs, rules and graphs in ASCII.")
  var ascii = false

  @Option(help: ArgumentHelp("The theme; `midwatch theme list` shows them.", valueName: "name"))
  var theme: String?

  func mayNotExecute(_ environment: [String: String]) -> Bool {
    noExec || environment["MIDWATCH_NO_EXEC"].map { !["", "0"].contains($0) } ?? false
  }
}
