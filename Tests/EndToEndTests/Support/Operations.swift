import Foundation
import TestSupport
import Testing

/// A system with one playbook whose commands do all that commands do, and a console with it open.
enum Operations {
  /// Commands that are looked at while they run wait for a file that the test makes: nothing depends on how
  /// quick the machine is.
  static func runbook(in folder: String) -> String {
    func hold(_ name: String) -> String { "until [ -e \(folder)/\(name) ]; do sleep 0.1; done" }
    return """
      ---
      title: Operations
      destructive: [wipe]
      steps:
        Look:
          check: true
          every: 1s
      ---

      # Operations

      1. Pass.
         ```bash
         echo here is what it says; \(hold("passes"))
         ```
      2. Look.
         ```bash
         test -d /tmp
         ```
      3. Fail.
         ```bash
         \(hold("fails")); echo something is wrong >&2; exit 3
         ```
      4. Hang.
         ```bash
         echo it has begun; sleep 600
         ```
      5. Say a lot.
         ```bash
         seq 1 200000; echo the very end
         ```
      6. Read.
         ```bash
         seq 1 500 | less
         ```
      7. Wipe it.
         ```bash
         echo wipe everything
         ```
      8. Say what a terminal would obey.
         ```bash
         printf '\\033]0;taken\\007\\033[2J\\033[31mplain words\\033[0m\\n'
         ```
      9. Flood.
         ```bash
         head -c 200000000 /dev/zero | tr '\\0' x | fold -w 4000; echo; \(hold("floods")); echo the very end
         ```
      """
  }

  static func sandbox(isTrusted: Bool = true) throws -> Sandbox {
    let sandbox = try Sandbox()
    try sandbox.write(
      "title: Shop\nenvironments:\n  staging:\n    about: here\n", to: "playbooks/shop/system.yaml")
    try sandbox.write(runbook(in: sandbox.path), to: "playbooks/shop/ops.md")
    #expect(try sandbox.midwatch("journal", "init").status == 0)
    if isTrusted { #expect(try sandbox.midwatch("trust", "--yes", "playbooks/shop").status == 0) }
    return sandbox
  }

  /// A console under a shell that can stop it and take it up again, with the playbook open.
  static func open(_ sandbox: Sandbox, _ options: String..., width: Int = 80, height: Int = 24) throws
    -> Screen
  {
    let screen = try Screen(
      width: width, height: height, environment: sandbox.environment,
      ["env", "PS1=shell> ", "bash", "--norc", "-i"])
    try screen.expect("shell>")
    try screen.type(([Binary.path, "shop"] + options).joined(separator: " "))
    try screen.press("Enter")
    try screen.expect("? help")
    try screen.press("p")
    try screen.expect("Operations")
    try screen.press("Enter")
    try screen.expect("1.1 Pass")
    return screen
  }

  /// Leaves the console for the shell and comes back.
  static func suspend(_ screen: Screen, seeing text: String = "? help") throws {
    try screen.press("C-z")
    try screen.expect("Stopped")
    try screen.press("C-l")
    try screen.type("fg")
    try screen.press("Enter")
    try screen.expect(text)
  }

  static func run(_ screen: Screen, _ command: String) throws {
    try screen.press("x")
    try screen.expect("Enter runs it")
    try screen.expect(command)
    try screen.press("Enter")
  }

  static func timeline(_ sandbox: Sandbox) throws -> String {
    let outcome = try sandbox.midwatch("timeline")
    #expect(outcome.status == 0, "\(outcome.err)")
    return outcome.out
  }

  /// Programs of that name that belong to the sandbox: their environment names it.
  static func processes(named name: String, in sandbox: Sandbox) throws -> [Int32] {
    let numbers = try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { Int32($0) }
    return numbers.filter { number in
      guard let status = try? String(contentsOfFile: "/proc/\(number)/status", encoding: .utf8),
        status.hasPrefix("Name:\t\(name)\n"), !status.contains("State:\tZ"),
        let environment = FileManager.default.contents(atPath: "/proc/\(number)/environ")
      else { return false }
      return environment.firstRange(of: Data(sandbox.path.utf8)) != nil
    }
  }

  /// The most memory that a program of that name has had, in kB.
  static func peak(of name: String, in sandbox: Sandbox) throws -> Int {
    let peaks = try processes(named: name, in: sandbox).compactMap { number in
      try? String(contentsOfFile: "/proc/\(number)/status", encoding: .utf8)
        .firstMatch(of: /VmHWM:\s+([0-9]+) kB/).flatMap { Int($0.1) }
    }
    return try #require(peaks.max(), "no \(name) runs")
  }
}
