import Foundation
import Retro
import TestSupport
import Testing
import Values

/// CSV as other programs read it: every field is text, and the text that was written.
@Suite(.serialized) struct SpreadsheetTests {
  private static let fields = [
    "plain", "=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1+1", " =1+1", "＝1+1", "a,b", "a;b",
    "say \"x\"", "one\ntwo", "one\r\ntwo", "=HYPERLINK(\"http://a.example\",\"x\")", "\u{1B}[31m",
    "a\u{202E}b",
    "日本 é", "",
  ]

  /// What stands in a cell: line ends and controls as one sanitizer makes them, an apostrophe before a formula.
  private static func shown(_ field: String) -> String {
    let safe = Inert.terminalKeepingLines(field)
    let first = safe.first { !$0.isWhitespace }
    return first.map { "=+-@＝".contains($0) } == true ? "'" + safe : safe
  }

  private func write() throws -> URL {
    let rows = Self.fields.map { "row,\(Inert.csv($0)),end" }
    let file = try Artefacts.folder().appending(path: "hostile.csv")
    try Data(("first,field,last\r\n" + rows.joined(separator: "\r\n") + "\r\n").utf8).write(to: file)
    return file
  }

  @Test(.enabled(if: Peer.has("python3"), "python3 is not installed: make test-peers installs it"))
  func pythonReadsWhatWasWritten() throws {
    let script = """
      import csv, json, sys
      print(json.dumps(list(csv.reader(open(sys.argv[1], encoding="utf-8", newline=""), strict=True))))
      """
    let outcome = try Child.run(
      "python3", ["-c", script, write().path], environment: ProcessInfo.processInfo.environment)
    let rows = try JSONDecoder().decode([[String]].self, from: Data(outcome.out.utf8))
    #expect(rows.dropFirst().map { $0 } == Self.fields.map { ["row", Self.shown($0), "end"] })
  }

  /// As a flat document, in which a formula would be an attribute of its cell.
  @Test(.enabled(if: Peer.has("soffice"), "soffice is not installed: make test-peers installs it"))
  func libreOfficeReadsFormulasAsText() throws {
    let file = try write()
    let cells = try #require(try opened(file))
    #expect(cells.formulas == 0)
    let wanted = Self.fields.map { ["row", Self.shown($0), "end"].filter { !$0.isEmpty } }
    #expect(cells.rows.dropFirst().map { $0.filter { !$0.isEmpty } } == wanted)
    // It would find one.
    let plain = file.deletingLastPathComponent().appending(path: "formula.csv")
    try Data("a,=1+1\r\n".utf8).write(to: plain)
    #expect(try opened(plain)?.formulas == 1)
  }

  private func opened(_ file: URL) throws -> FlatSheet? {
    let folder = FileManager.default.temporaryDirectory.appending(path: "midwatch-sheet-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    // Comma, quotes, UTF-8, from the first line, formulas evaluated where there are any: what a person's click does.
    let outcome = try Child.run(
      "/usr/bin/soffice",
      [
        "-env:UserInstallation=file://\(folder.path)/profile", "--headless", "--norestore",
        "--infilter=CSV:44,34,76,1,,0,false,true,false,false,false,0,true", "--convert-to", "fods",
        "--outdir", folder.path, file.path,
      ], environment: ["PATH": "/usr/bin:/bin", "HOME": folder.path, "LANG": "C.UTF-8"])
    let made = folder.appending(path: file.deletingPathExtension().lastPathComponent + ".fods")
    let data = try #require(
      FileManager.default.contents(atPath: made.path),
      "soffice: \(outcome.status) \(outcome.out) \(outcome.err)")
    return FlatSheet(data)
  }
}
