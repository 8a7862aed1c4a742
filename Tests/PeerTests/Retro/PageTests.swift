import Foundation
import Retro
import TestSupport
import Testing

/// Pages of retros in programs that are not ours.
@Suite(.serialized) struct RetroPageTests {
  private static let pages = ["rich-midwatch.html", "rich-midwatch-print.html"]

  @Test(
    .enabled(if: Peer.has("tidy"), "tidy is not installed: make test-peers installs it"), arguments: pages)
  func tidyFindsNothing(_ page: String) throws {
    #expect(try tidy(Artefacts.golden(page).path) == "")
  }

  @Test(.enabled(if: Peer.has("tidy"), "tidy is not installed: make test-peers installs it"))
  func tidyFindsNothingInHostileOnesEither() throws {
    let file = try Artefacts.folder().appending(path: "hostile.html")
    try Data(hostile(port: 9).utf8).write(to: file)
    #expect(try tidy(file.path) == "")
    // It would.
    let control = file.deletingLastPathComponent().appending(path: "control.html")
    try Data("<!DOCTYPE html><title>x</title><p><table></p>".utf8).write(to: control)
    #expect(try tidy(control.path).contains("Warning"))
  }

  private func tidy(_ file: String) throws -> String {
    let outcome = try Child.run("/usr/bin/tidy", ["-e", "-q", "-utf8", file], environment: [:])
    return outcome.out + outcome.err
  }

  /// Three widths, light, dark and paper; for eyes, and each a picture of something.
  @Test(
    .enabled(if: Browser.isHere, "chromium is not installed: make test-peers installs it"), arguments: pages)
  func chromiumShowsAndPrints(_ page: String) throws {
    let folder = try Artefacts.folder()
    let source = Artefacts.golden(page).path
    let name = page.replacing(".html", with: "")
    var pictures: [Data] = []
    for width in [390, 1024, 1600] {
      for (scheme, word) in [(Browser.Scheme.light, "light"), (.dark, "dark")] {
        let file = folder.appending(path: "\(name)-\(width)-\(word).png")
        try? FileManager.default.removeItem(at: file)
        try Browser.picture(of: source, width: width, scheme, to: file.path)
        let picture = try Data(contentsOf: file)
        #expect(
          picture.starts(with: [0x89, 0x50, 0x4E, 0x47]) && picture.count > 50_000,
          "\(file.lastPathComponent)")
        pictures.append(picture)
      }
    }
    // A page for the screen is dark on a dark screen; one for paper is light everywhere.
    let isForPaper = page.contains("print")
    for pair in 0..<3 { #expect((pictures[pair * 2] == pictures[pair * 2 + 1]) == isForPaper) }
    let paper = folder.appending(path: "\(name).pdf")
    try? FileManager.default.removeItem(at: paper)
    try Browser.print(source, to: paper.path)
    let bytes = try Data(contentsOf: paper)
    #expect(bytes.starts(with: Array("%PDF-".utf8)))
    #expect(bytes.count > 50_000)
  }

  /// Scripts, pictures, styles and frames in every field: none runs, none is asked for.
  @Test(.enabled(if: Browser.isHere, "chromium is not installed: make test-peers installs it"))
  func nothingRunsAndNothingIsAskedFor() throws {
    let site = try Site()
    defer { site.stop() }
    let port = site.port
    let file = try Artefacts.folder().appending(path: "hostile.html")

    // A page of the same words as they are does both, so this test can fail.
    let control = file.deletingLastPathComponent().appending(path: "control.html")
    try Data("<!DOCTYPE html><title>x</title>\(Self.words(port: port))".utf8).write(to: control)
    #expect(try Browser.document(of: control.path).contains("data-ran=\"1\""))
    let asked = site.count
    #expect(asked > 0)

    try Data(hostile(port: port).utf8).write(to: file)
    let document = try Browser.document(of: file.path)
    #expect(document.contains("data-ran"), "the words are there")
    #expect(!document.contains("data-ran=\"1\""))
    #expect(!document.lowercased().contains("<script") && !document.contains("<img"))
    #expect(site.count == asked)
    try Browser.picture(
      of: file.path, width: 1024, .light,
      to: file.deletingLastPathComponent().appending(path: "hostile.png").path)
    #expect(site.count == asked)
  }

  private static func words(port: UInt16) -> String {
    "<script>document.documentElement.setAttribute('data-ran', 1)</script></style></title>"
      + "<img src=http://127.0.0.1:\(port)/i onerror=\"document.documentElement.setAttribute('data-ran', 1)\">"
      + "<link rel=stylesheet href=http://127.0.0.1:\(port)/c><iframe src=http://127.0.0.1:\(port)/f></iframe>"
      + "![x](http://127.0.0.1:\(port)/m) \" onload=\"x() '--> ]]> {{x}} "
      + "<style>@import url(http://127.0.0.1:\(port)/s)</style>"
  }

  private func hostile(port: UInt16) throws -> String {
    let template = try #require(BuiltInRetroTemplates.template("midwatch"))
    return HostileDocument.saying(Self.words(port: port)).html(template)
  }
}
