import Foundation
import Retro
import TestSupport
import Testing
import Values

/// The CSV export as other programs read it: every field is text, and the text that was written.
@Suite(.serialized) struct SpreadsheetTests {
  private static let python = "/usr/bin/python3"
  private static let places = (text: 6, retracted: 10, kind: 11)

  /// What stands in a cell: line ends and controls as one sanitizer makes them, an apostrophe before a formula.
  private static func shown(_ field: String) -> String {
    let safe = Inert.terminalKeepingLines(field)
    let first = safe.unicodeScalars.first { !$0.properties.isWhitespace }
    return first.map { "=+-@＝".unicodeScalars.contains($0) } == true ? "'" + safe : safe
  }

  /// The file of a whole incident.
  private func file() throws -> URL {
    let incident = try HostileIncident()
    defer { incident.remove() }
    let file = try Artefacts.folder().appending(path: "hostile.csv")
    try Data(try incident.export(.csv)).write(to: file)
    return file
  }

  @Test(.enabled(if: Peer.has("python3"), "python3 is not installed: make test-peers installs it"))
  func pythonReadsWhatWasWritten() throws {
    let script = """
      import csv, json, sys
      csv.field_size_limit(1 << 30)
      print(json.dumps(list(csv.reader(open(sys.argv[1], encoding="utf-8", newline=""), strict=True))))
      """
    let outcome = try Child.run(Self.python, ["-c", script, file().path], environment: [:])
    let rows = try JSONDecoder().decode([[String]].self, from: Data(outcome.out.utf8))
    #expect(rows.first == IncidentReport.csvHeadings)
    #expect(rows.allSatisfy { $0.count == IncidentReport.csvHeadings.count })
    // The names, the declaration, its commander and the stamp; a note, a step, an alert and a retraction for each.
    #expect(rows.count == 4 + 4 * HostileIncident.words.count)
    let notes = rows.filter { $0[Self.places.kind] == "note.added" }
    #expect(Self.same(notes.map { $0[Self.places.text] }, HostileIncident.words.map(Self.shown)))
    #expect(Self.same(notes.map { $0[Self.places.retracted] }, HostileIncident.words.map(Self.shown)))
    let steps = rows.filter { $0[Self.places.kind] == "step.changed" }.map { $0[Self.places.text] }
    #expect(
      Self.same(steps, HostileIncident.words.map { Inert.terminalKeepingLines("skipped 1 \($0): \($0)") }))
    let formulas = rows.joined().filter { cell in
      let first = cell.unicodeScalars.first { !$0.properties.isWhitespace }
      return first.map { "=+-@＝".unicodeScalars.contains($0) } ?? false
    }
    #expect(formulas == [])
  }

  /// To the scalar: an accent after a quotation mark is the same to nobody else.
  private static func same(_ left: [String], _ right: [String]) -> Bool {
    left.count == right.count && zip(left, right).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
  }

  /// As a flat document, in which a formula would be an attribute of its cell.
  @Test(.enabled(if: Peer.has("soffice"), "soffice is not installed: make test-peers installs it"))
  func libreOfficeReadsFormulasAsText() throws {
    let file = try file()
    let sheet = try #require(try opened(file))
    #expect(sheet.formulas == 0)
    #expect(sheet.rows.first == IncidentReport.csvHeadings)
    #expect(sheet.rows.count == 4 + 4 * HostileIncident.words.count)
    let notes = sheet.rows.filter { $0.contains("note.added") }
    #expect(notes.count == HostileIncident.words.count)
    for (row, words) in zip(notes, HostileIncident.words) {
      let wanted = Self.shown(words)
      // Its text, and why it was taken back.
      #expect(
        row.count { $0.unicodeScalars.elementsEqual(wanted.unicodeScalars) } == 2, "\(wanted.prefix(100))")
    }
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
