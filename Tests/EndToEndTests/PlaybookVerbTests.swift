import Foundation
import TestSupport
import Testing

/// Playbooks from the command line, without a screen.
@Suite struct PlaybookVerbTests {
  private let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    try sandbox.write("title: Shop\nbase: http://127.0.0.1:1\n", to: "playbooks/shop/system.yaml")
    try sandbox.write(
      """
      ---
      variables:
        WHO: {ask: Whose?, pattern: "[a-z]+"}
        KEY: {secret: true}
      ---
      # Queue is full

      Mails wait for the worker.

      ## Look

      1. Say hello
         ```sh
         echo "hello {{WHO}}"
         ```
      2. Use the key
         ```sh
         echo "key is {{KEY}}"
         ```
      3. Wait
         ```sh
         echo waiting; sleep 60
         ```

      ## Recovery

      - Drop the table
        ```sh
        echo drop table
        ```
      """, to: "playbooks/shop/queue.md")
  }

  private func trust() throws {
    let outcome = try sandbox.midwatch("trust", "--yes", sandbox.path + "/playbooks/shop")
    try #require(outcome.status == 0, "\(outcome.err)")
  }

  /// Runs it with these lines on standard input.
  private func answer(_ lines: [String], _ arguments: [String], environment: [String: String] = [:]) throws
    -> Binary.Outcome
  {
    try sandbox.write(lines.map { $0 + "\n" }.joined(), to: "answers")
    return try Child.run(
      "/bin/sh", ["-c", "exec \"$0\" \"$@\" < '\(sandbox.path)/answers'", Binary.path] + arguments,
      environment: Sandbox.clean.merging(sandbox.environment) { $1 }.merging(environment) { $1 },
      in: sandbox.path)
  }

  @Test func listsShowsAndFinds() throws {
    let list = try sandbox.midwatch("playbook", "list")
    #expect(list.out == "shop  queue  Queue is full  4 steps  4 commands\n", "\(list.err)")
    let shown = try sandbox.midwatch("playbook", "show", "queue#recovery")
    #expect(shown.out.hasSuffix("## Recovery\n\n1.1\n") || shown.out.contains("$ echo drop table"))
    #expect(!shown.out.contains("hello"))
    #expect(
      try sandbox.midwatch("playbook", "show", "queue#nowhere").err.contains(
        "it has #queue-is-full #look #recovery"))
    let file = try sandbox.midwatch("playbook", "show", "playbooks/shop/queue.md", "--format", "json")
    #expect(
      file.out.contains("\"schema\" : \"midwatch.playbook/1\"") && file.out.contains("\"placeholders\" : [\n")
    )
    let found = try sandbox.midwatch("playbook", "find", "worker", "mails")
    #expect(found.out == "shop  queue#queue-is-full  Queue is full  Mails wait for the worker.\n")
    #expect(try sandbox.midwatch("playbook", "find", "unicorn").status == 1)
  }

  @Test func checksAllAtOnce() throws {
    let fine = try sandbox.midwatch("playbook", "check", "playbooks")
    #expect(fine.status == 0 && fine.out == "1 playbook, 0 errors, 0 warnings\n", "\(fine.out)")
    try sandbox.write(
      "# A\n\nSee [b](b.md).\n\n1. Go\n   ```bash\n   [[ -f <file> ]] && || echo BACKUP_ID\n   ```\n",
      to: "a.md")
    let broken = try sandbox.midwatch("playbook", "check", "a.md")
    #expect(
      broken.out == """
        a.md:3:9: warning: the link leads to b.md, and there is no such file; correct the link, or write that file
        a.md:7:1: bash cannot read this command: syntax error near unexpected token `||'; correct it; it cannot run so
        a.md:7:31: warning: BACKUP_ID looks like a place for a value, and nothing declares it; declare it under \
        `variables:`; where it stands for itself, with itself as `default:`
        1 playbook, 1 error, 2 warnings

        """, "\(broken.out)")
    #expect(broken.status == 2)
    try sandbox.write("# A\n\nSee [b](b.md).\n", to: "a.md")
    #expect(try sandbox.midwatch("playbook", "check", "a.md").status == 1)
    #expect(try sandbox.midwatch("playbook", "check", "nowhere").status == 2)
    // Nothing was run by looking.
    try sandbox.write(
      "# A\n\n1. Go\n   ```bash\n   touch \(sandbox.path)/touched $(touch \(sandbox.path)/touched)\n   ```\n",
      to: "a.md")
    #expect(try sandbox.midwatch("playbook", "check", "a.md").status == 0)
    #expect(!FileManager.default.fileExists(atPath: sandbox.path + "/touched"))
  }

  @Test func bundledPlaybooksCheckClean() throws {
    let outcome = try sandbox.midwatch("playbook", "check", Project.root + "/playbooks")
    #expect(outcome.status == 0, "\(outcome.out)")
  }

  @Test func writesASkeletonOnce() throws {
    let made = try sandbox.midwatch("playbook", "new", "disk-full")
    #expect(made.status == 0, "\(made.err)")
    #expect(try sandbox.midwatch("playbook", "check", "playbooks").status == 0)
    #expect(try sandbox.midwatch("playbook", "new", "disk-full").err.contains("is there already"))
    #expect(try sandbox.midwatch("playbook", "new", "../x").status == 1)
    let outlined = try answer(
      ["Look", "- At the disk", "  - Its inodes too"], ["playbook", "new", "inodes", "--from", "-"])
    #expect(outlined.status == 0)
    let text = try String(contentsOfFile: sandbox.path + "/playbooks/shop/inodes.md", encoding: .utf8)
    #expect(text.hasSuffix("# Inodes\n\n## Look\n\n1. At the disk\n   1. Its inodes too\n"))
  }

  @Test func showsWhatWouldRunAndRunsNothing() throws {
    let blocked = try sandbox.midwatch("playbook", "run", "queue", "--noop")
    #expect(blocked.status == 1 && blocked.out.contains("No value yet for WHO."))
    let whole = try sandbox.midwatch("playbook", "run", "queue#recovery", "--noop")
    #expect(
      whole.status == 0 && whole.out.contains("    $ echo drop table\n    in \(sandbox.path), on shop"),
      "\(whole.out)")
    #expect(!FileManager.default.fileExists(atPath: sandbox.path + "/state/journal.db"))
  }

  @Test func runsWhatIsApprovedAndWritesItDown() throws {
    let untrusted = try answer(["y", "bob", "y", "q"], ["playbook", "run", "queue"])
    #expect(
      untrusted.status == 0 && untrusted.out.contains("shop is not trusted as it is now"), "\(untrusted.out)")
    #expect(!untrusted.out.contains("| hello"))
    try trust()
    let secret = try answer(
      ["u 1.1", "y", "d", "y"], ["playbook", "run", "queue"], environment: ["KEY": "hunter22"])
    #expect(secret.out.contains("ops1") && secret.out.contains("| hello bob\nexit 0 in "), "\(secret.out)")
    #expect(secret.out.contains("$ echo \"key is •••\"") && secret.out.contains("| key is •••\n"))
    // The input has ended; the run has not.
    #expect(secret.status == 1 && secret.out.contains("R-1 stays open, 1 of 4 done"))
    let rest = try answer(
      ["d", "s nobody has time", "y", "no", "y", "shop", "d", "e"], ["playbook", "run", "--resume", "R-1"])
    #expect(rest.status == 0, "\(rest.out)\(rest.err)")
    #expect(rest.out.contains("That is not shop, so nothing was run.") && rest.out.contains("| drop table"))
    #expect(rest.out.hasSuffix("R-1 is finished: every step is settled.\n"))
    let export = try sandbox.midwatch("playbook", "export", "R-1", "-o", "run.md")
    #expect(export.status == 0, "\(export.err)")
    let text = try String(contentsOfFile: sandbox.path + "/run.md", encoding: .utf8)
    #expect(text.contains("| 1.3 | Wait | skipped |") && text.contains("nobody has time"))
    #expect(text.contains("```text\nhello bob\n```") && !text.contains("hunter22"))
    let stored = try Data(contentsOf: URL(fileURLWithPath: sandbox.path + "/state/journal.db"))
    #expect(stored.range(of: Data("hunter22".utf8)) == nil)
    #expect(try sandbox.midwatch("journal", "verify").status == 0)
    #expect(try sandbox.midwatch("playbook", "run", "--resume", "R-1").err.contains("was finished by ops1"))
  }

  @Test func writesTheEndOfACommandWhenItIsAskedToEnd() throws {
    try trust()
    try sandbox.write("y\n", to: "answers")
    let files = (out: sandbox.path + "/out", err: sandbox.path + "/err")
    let child = try Child(
      "/bin/sh",
      ["-c", "exec \"$0\" playbook run queue --start-at 1.3 < '\(sandbox.path)/answers'", Binary.path],
      environment: Sandbox.clean.merging(sandbox.environment) { $1 }, in: sandbox.path, files: files)
    _ = try Condition.wait(for: "the command to run") {
      let text = String(decoding: FileManager.default.contents(atPath: files.out) ?? Data(), as: UTF8.self)
      return text.contains("| waiting") ? true : nil
    }
    kill(child.id, SIGTERM)
    #expect(child.wait() == 1)
    let export = try sandbox.midwatch("playbook", "export", "R-1")
    #expect(export.out.contains("ended with its console or its run"), "\(export.out)")
    #expect(export.out.contains("```text\nwaiting\n```"))
    // A run of another text goes on with its own, and runs nothing of it.
    let text = try String(contentsOfFile: sandbox.path + "/playbooks/shop/queue.md", encoding: .utf8)
    try sandbox.write(
      text.replacingOccurrences(of: "Say hello", with: "Say good day"), to: "playbooks/shop/queue.md")
    try trust()
    let old = try answer(["q"], ["playbook", "run", "queue", "--set", "WHO=bob"])
    #expect(old.out.contains("--move goes over to it") && old.out.contains("1.3  d done"), "\(old.out)")
    let moved = try answer(["g 1.1", "y", "q"], ["playbook", "run", "queue", "--move"])
    #expect(moved.out.contains("1.1  Say good day") && moved.out.contains("| hello bob"), "\(moved.out)")
  }

  @Test(arguments: [
    (["queue", "--start-at", "9.9"], "has no step 9.9 here; it has 1.1 1.2 1.3 2.1"),
    (["queue", "--set", "WH0=bob"], "Nothing here asks for WH0; it asks for KEY, WHO, base"),
    (["queue", "--set", "WHO=B"], "WHO does not match"), (["queue", "--set", "KEY=x"], "KEY is a secret"),
    (["queue", "--incident", "INC-9"], "There is no incident INC-9"),
    (["queue#nowhere"], "has no section #nowhere"), (["nothing"], "There is no playbook nothing in shop"),
    (["--resume", "R-9"], "There is no run R-9"), (["no/such.md"], "no/such.md cannot be read"),
    (["\u{1B}[2J"], "There is no playbook ␛[2J"),
  ])
  func refusesBeforeAnythingIsWritten(_ arguments: [String], _ sentence: String) throws {
    let outcome = try answer([], ["playbook", "run"] + arguments)
    #expect(outcome.status == 1 && outcome.err.contains(sentence), "\(outcome.err)")
    #expect(try sandbox.midwatch("playbook", "list", "--runs").out == "No run was begun.\n")
  }

  @Test func givesWhatCanBeReadOfAFolderWithMistakes() throws {
    try sandbox.write("title: [Shop\n", to: "playbooks/shop/system.yaml")
    try sandbox.write("\u{0}\u{1B}[2J\n- x\n", to: "playbooks/shop/odd.md")
    let list = try sandbox.midwatch("playbook", "list")
    #expect(
      list.status == 0 && list.out.contains("queue") && list.err.contains("midwatch validate"), "\(list.err)")
    let shown = try sandbox.midwatch("playbook", "show", "odd")
    #expect(shown.status == 0 && !shown.out.contains("\u{1B}"))
    #expect(try sandbox.midwatch("playbook", "find", "mails", "wait").status == 0)
  }

  @Test func leavesWhenNobodyReadsWhatItAsks() throws {
    // Its input stays open: it is the output that nobody reads.
    let outcome = try Child.run(
      "/bin/sh",
      [
        "-c",
        "mkfifo answers && exec 3<>answers && { \"$0\" playbook run queue <&3; echo $? > status; } | head -c 1",
        Binary.path,
      ], environment: Sandbox.clean.merging(sandbox.environment) { $1 }, in: sandbox.path)
    #expect(outcome.out == "Q")
    #expect(try String(contentsOfFile: sandbox.path + "/status", encoding: .utf8) == "1\n")
    #expect(try sandbox.midwatch("playbook", "list", "--runs").out.contains("open"))
  }

  @Test func namesWhatIsLeftOfAKilledRunAndNeverRunsItAgain() throws {
    try trust()
    try sandbox.write("y\n", to: "answers")
    let files = (out: sandbox.path + "/out", err: sandbox.path + "/err")
    let child = try Child(
      "/bin/sh",
      ["-c", "exec \"$0\" playbook run queue --start-at 1.3 < '\(sandbox.path)/answers'", Binary.path],
      environment: Sandbox.clean.merging(sandbox.environment) { $1 }, in: sandbox.path, files: files)
    _ = try Condition.wait(for: "the command to run") {
      let text = String(decoding: FileManager.default.contents(atPath: files.out) ?? Data(), as: UTF8.self)
      return text.contains("| waiting") ? true : nil
    }
    child.end()
    let again = try answer(["y", "k", "q"], ["playbook", "run", "queue"])
    #expect(again.out.contains("ended without a word"), "\(again.out)")
    let found = try #require(
      again.out.firstMatch(of: /as process(?:es)? ([0-9]+)[0-9, ]*; k ends it/), "\(again.out)")
    let left = try #require(Int32(found.1))
    #expect(
      again.out.contains("Nobody knows how it ended when it ran last") && !again.out.contains("| waiting"))
    #expect(again.out.contains("to end\n1.3"))
    _ = try Condition.wait(for: "it to end") { kill(left, 0) == 0 ? nil : true }
    let export = try sandbox.midwatch("playbook", "export", "R-1")
    #expect(export.out.contains("- Outcome unknown, noticed "), "\(export.out)")
  }

  @Test func controlCEndsTheCommandAndNotTheRun() throws {
    try trust()
    let screen = try Screen(
      width: 100, height: 40, environment: sandbox.environment,
      [Binary.path, "playbook", "run", "queue", "--start-at", "1.3"])
    try screen.expect("1.3  y run, d done")
    try screen.press("C-c")
    try screen.expect("The run stays open; q leaves it.")
    try screen.type("y")
    try screen.press("Enter")
    try screen.expect("| waiting")
    // Typed ahead: it was not meant for the next question.
    try screen.press("d", "Enter")
    try screen.press("C-c")
    try screen.expect("cancelled in ")
    try screen.type("v KEY")
    try screen.press("Enter")
    try screen.expect("KEY:")
    try screen.type("hunter22")
    try screen.press("Enter")
    try screen.expect("1.3  y run, d done")
    try screen.type("q")
    try screen.press("Enter")
    let last = try screen.expect("[ended with 0]")
    #expect(last.contains("R-1 stays open, 0 of 4 done") && !last.contains("hunter22"), "\(last)")
  }
}
