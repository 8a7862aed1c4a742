import CMarkdown
import Foundation
import Retro
import TestSupport
import Testing
import Values

/// Hostile words in every field of an incident are words in every format.
@Suite struct HostileTests {
  private static let names = Hostility.texts.map(\.name)

  private func text(_ name: String) -> String { Hostility.texts.first { $0.name == name }?.text ?? "" }

  /// By Python's HTML parser, which is nobody's of ours: see `page.py` for what a page must keep.
  @Test(.enabled(if: PythonPages.isHere, "no python3 here"))
  func pagesSayThemAndDoNothing() throws {
    let template = try #require(BuiltInRetroTemplates.template("midwatch"))
    var pages: [PythonPages.Page] = []
    for (name, text) in Hostility.texts {
      let document = Hostility.report(text).document()
      let first = Inert.terminalKeepingLines(text).split(separator: "\n").first.map(String.init) ?? ""
      for (form, html) in [
        ("screen", document.html(template)), ("print", document.html(template, for: .print)),
      ] {
        pages.append(.init(name: "\(name)-\(form)", html: html, says: [first]))
      }
    }
    #expect(try PythonPages.problems(pages) == [])
  }

  /// The Markdown parsed back by cmark has as many headings, tables and lists of ours as the harmless one,
  /// no HTML, no picture, and no link but to where people may follow.
  @Test(arguments: names) func markdownKeepsItsShape(_ name: String) throws {
    let template = try #require(BuiltInRetroTemplates.template("midwatch"))
    func counts(_ text: String) -> MarkdownCount {
      // What people wrote as Markdown may have structure of its own.
      var document = Hostility.report(text).document()
      for index in document.sections.indices {
        document.sections[index].blocks.removeAll { if case .written = $0 { true } else { false } }
      }
      return MarkdownCount(document.markdown(template))
    }
    let found = counts(text(name))
    let harmless = counts("harmless ")
    #expect(found.html == [] && found.images == 0)
    // Addresses that GFM links by itself, to what they say.
    let schemes = ["http://", "https://", "mailto:"]
    #expect(
      found.links.allSatisfy { link in schemes.contains { link.hasPrefix($0) } }, "\(found.links)")
    #expect(found.headings == harmless.headings)
    #expect(found.cells == harmless.cells)
    #expect(found.items == harmless.items)
    #expect(found.quotes == 0)
    #expect(found.fences == harmless.fences)
  }

  @Test(arguments: names) func writtenMarkdownBringsNothingThatActs(_ name: String) throws {
    let template = try #require(BuiltInRetroTemplates.template("midwatch"))
    let found = MarkdownCount(Hostility.report(text(name)).document().markdown(template))
    #expect(found.html == [])
    let schemes = ["http://", "https://", "mailto:", "tel:", "#", "%"]
    #expect(
      found.links.allSatisfy { link in
        schemes.contains { link.hasPrefix($0) } || !link.contains(":")
          || link.lowercased().hasPrefix("javascript%3a") || link.lowercased().hasPrefix("data%3a")
      }, "\(found.links)")
  }

  @Test(arguments: names) func noFormatCarriesControls(_ name: String) throws {
    let template = try #require(BuiltInRetroTemplates.template("google"))
    let report = Hostility.report(text(name))
    let document = report.document()
    for made in [document.markdown(template), document.html(template), document.html(template, for: .print)] {
      let bad = made.unicodeScalars.first { scalar in
        scalar.value < 0x20 && scalar != "\n" || (0x7F..<0xA0).contains(scalar.value)
          || [0x202E, 0x2066, 0x200F, 0x2028, 0xFEFF].contains(scalar.value)
      }
      #expect(bad == nil)
    }
  }

  @Test func aMegabyteInALineIsTextToo() throws {
    let template = try #require(BuiltInRetroTemplates.template("midwatch"))
    var story = Story.rich
    let long = String(repeating: "<b>|`*", count: 175_000)
    story.tell("note.added", "{\"text\":\"\(long)\"}", at: 4000)
    let document = story.report().document()
    let html = document.html(template)
    #expect(html.contains("&lt;b&gt;|`*&lt;b&gt;|`*") && html.utf8.count < 30_000_000)
    #expect(MarkdownCount(document.markdown(template)).html == [])
    guard PythonPages.isHere else { return }
    #expect(try PythonPages.problems([.init(name: "long", html: html, says: [long])]) == [])
  }

  /// The check itself finds what it is for.
  @Test(
    .enabled(if: PythonPages.isHere, "no python3 here"),
    arguments: [
      ("<p>", "<p><script>x</script>", "element script"),
      ("<main ", "<main onclick=\"x\" ", "main has onclick"),
      ("href=\"#content\"", "href=\"javascript:x\"", "leads to javascript:x"),
      ("</h1>", "</h2>", "closes h1"),
      ("<h2 id=\"impact\">", "<h2 id=\"summary\">", "twice"), (" lang=\"en\"", "", "no language"),
      ("default-src 'none'", "default-src *", "no policy"), ("scope=\"col\"", "", "th without scope"),
    ])
  func pagesThatAreWrongAreFound(from: String, to: String, problem: String) throws {
    let template = try #require(BuiltInRetroTemplates.template("midwatch"))
    let html = Story.richReport().document().html(template)
    #expect(html.contains(from))
    let found = try PythonPages.problems([
      .init(name: "wrong", html: html.replacing(from, with: to), says: [])
    ])
    #expect(found.contains { $0.contains(problem) }, "\(found)")
  }
}
