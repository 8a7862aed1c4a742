import Foundation
import Host
import Systems
import Testing
import Values

@Suite struct SecretReaderTests {
  private let folder: TestFolder

  init() throws {
    folder = try TestFolder()
  }

  /// The secrets of a system.yaml with this under `secrets:`.
  private func sources(_ lines: String) -> [SecretSource] {
    let text = "title: Shop\nsecrets:\n" + lines
    return SystemFolder.load(Folder(name: "shop", files: ["system.yaml": text]), environment: [:]).folder
      .secrets
  }

  private func read(_ lines: String, patience: Duration = .seconds(10)) -> SecretReader.Found {
    SecretReader(folder: folder.path, patience: patience).read(sources(lines))
  }

  @Test func theFirstLineIsTheValue() throws {
    try folder.write("\t value with blanks \r\nrest\n", to: "keys/a")
    try folder.write("no line end", to: "b")
    let found = read("  A: {file: keys/a}\n  B: {file: \(folder.path)/b}\n  C:\n")
    #expect(found.problems.isEmpty)
    #expect(found.values == ["A": Secret("value with blanks"), "B": Secret("no line end")])
  }

  @Test func aCommandRunsWithoutAShellInASessionOfItsOwn() throws {
    try folder.write(
      """
      #!/bin/sh
      cat
      echo "to be ignored" >&2
      echo "$1"
      ps -o sid= -p $$ | tr -d ' ' > '\(folder.path)/session'
      echo $$ > '\(folder.path)/process'
      """, to: "print", mode: 0o700)
    let found = read("  A: {command: [./print, '$HOME; `id`']}\n  B: {command: [printf, 'two\\nlines']}\n")
    #expect(found.problems.isEmpty, "\(found.problems)")
    #expect(found.values["A"] == Secret("$HOME; `id`"))
    #expect(found.values["B"] == Secret("two"))
    #expect(folder.text(of: "session") == folder.text(of: "process"))
  }

  @Test func noSignalIsBlockedOrIgnoredInACommand() throws {
    // Blocked and ignored signals of a process are inherited; its own shell would hide neither.
    let found = read(
      "  A: {command: [sed, -n, 's/^SigBlk:.//p', /proc/self/status]}\n"
        + "  B: {command: [sed, -n, 's/^SigIgn:.//p', /proc/self/status]}\n")
    #expect(found.values["A"] == Secret("0000000000000000"))
    let ignored = try #require(found.values["B"].flatMap { UInt64($0.revealed(), radix: 16) })
    // The C library keeps 32 and 33 to itself.
    #expect(ignored & ~(3 << 31) == 0, "\(String(ignored, radix: 16))")
  }

  @Test func whatFailsIsASentenceAndTheRestGoesOn() throws {
    try folder.write([0xFF, 0xFE, 0x0A], to: "bytes")
    try folder.write("\nsecond line", to: "empty")
    try folder.write("good", to: "good")
    let found = read(
      """
        A: {file: missing}
        B: {file: bytes}
        C: {file: empty}
        D: {command: [sh, -c, 'echo not-to-be-told; exit 3']}
        E: {command: [midwatch-no-such-program]}
        F: {command: ["true"]}
        G: {command: [sh, -c, 'echo not-to-be-told; kill -9 $$']}
        H: {file: good}

      """)
    #expect(found.values == ["H": Secret("good")])
    let sentences = found.problems.map(\.description)
    #expect(sentences.count == 7)
    for (line, part) in [
      "missing cannot be read", "bytes gave something that is not UTF-8", "/empty is empty",
      "sh ended with status 3", "there is no program midwatch-no-such-program in PATH",
      "the first line of true is empty", "sh was ended by SIGKILL",
    ].enumerated() {
      let sentence = sentences.first { $0.contains(part) }
      #expect(
        sentence?.hasPrefix("system.yaml:\(line + 3):3: warning: the secret ") == true,
        "\(part): \(sentences)")
    }
    #expect(sentences.allSatisfy { !$0.contains("not-to-be-told") })
    #expect(found.problems.allSatisfy { $0.weight == .warning })
  }

  @Test func aCommandThatHangsIsEndedWithAllItStarted() throws {
    let found = read(
      """
        A:
          command:
            - sh
            - -c
            - trap '' TERM; tail -f /dev/null & echo $! > '\(folder.path)/started'; wait; wait

      """, patience: .milliseconds(300))
    #expect(found.values.isEmpty)
    #expect(found.problems.first?.what.contains("sh did not end in") == true, "\(found.problems)")
    let started = try #require(folder.text(of: "started")?.trimmingCharacters(in: .whitespacesAndNewlines))
    try Condition.wait(for: "the end of process \(started)") { isGone(started) ? () : nil }
  }

  @Test func aCancelledReadingEndsItsCommand() throws {
    let reader = SecretReader(folder: folder.path, isCancelled: { true })
    let found = reader.read(sources("  A: {command: [tail, -f, /dev/null]}\n"))
    #expect(found.problems.first?.what.contains("tail was ended") == true, "\(found.problems)")
  }

  /// Whether a process has ended, reaped or not.
  private func isGone(_ process: String) -> Bool {
    guard let status = FileManager.default.contents(atPath: "/proc/\(process)/stat") else { return true }
    return String(decoding: status, as: UTF8.self).contains(") Z ")
  }
}
