import Testing

/// docs/systems.md says where each statement of the five documents went, and what stands there.
struct SystemsTableTests {
  /// One row of a table.
  struct Row {
    /// In docs/systems.md, from 1.
    let number: Int
    let section: String
    let statement: String
    let path: String
    let line: Int
    /// What the line is said to contain.
    let quotation: String
  }

  private static let headings = [
    "Ensei packs", "Crystal Grimoire", "Fluxori", "Jamble inventory", "Nova RMS",
  ]
  private static let folders = [
    "Ensei packs": "ensei-packs", "Crystal Grimoire": "crystal-grimoire", "Fluxori": "fluxori",
    "Jamble inventory": "jamble-inventory", "Nova RMS": "nova-rms",
  ]

  /// The rows, and the numbers of lines that begin like rows and are none.
  private static func read(_ page: String) -> (rows: [Row], unreadable: [Int], sections: [String]) {
    var (rows, unreadable, sections): ([Row], [Int], [String]) = ([], [], [])
    for (index, text) in page.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if let heading = text.firstMatch(of: /^## (.+)$/) { sections.append(String(heading.1)) }
      guard text.hasPrefix("|"), !text.hasPrefix("|---"), !text.hasPrefix("| statement ") else { continue }
      // A bar in the quotation is escaped, as Markdown wants it; so is nothing else.
      guard let match = text.firstMatch(of: /^\| (.+?) \| `([^`]+):([0-9]+)` \| (`+)(.+?)\4 \|$/),
        let line = Int(match.3)
      else {
        unreadable.append(index + 1)
        continue
      }
      // Where the quotation itself has backticks, a space stands beside the outer ones.
      var quotation = match.5.replacing("\\|", with: "|")[...]
      if match.4.count > 1, quotation.hasPrefix(" "), quotation.hasSuffix(" ") {
        quotation = quotation.dropFirst().dropLast()
      }
      rows.append(
        Row(
          number: index + 1, section: sections.last ?? "", statement: String(match.1), path: String(match.2),
          line: line, quotation: String(quotation)))
    }
    return (rows, unreadable, sections)
  }

  @Test func hasTheFiveSystemsInTheirOrder() throws {
    let (_, unreadable, sections) = Self.read(try BundledFolder.text("docs/systems.md"))
    #expect(sections == Self.headings)
    #expect(unreadable == [], "these lines are no rows `| statement | `path:line` | `quotation` |`")
  }

  @Test func everyRowIsTrue() throws {
    var files: [String: [Substring]] = [:]
    for row in Self.read(try BundledFolder.text("docs/systems.md")).rows {
      if files[row.path] == nil {
        files[row.path] = try BundledFolder.text(row.path).split(
          separator: "\n", omittingEmptySubsequences: false)
      }
      let lines = files[row.path] ?? []
      guard lines.indices.contains(row.line - 1) else {
        Issue.record("docs/systems.md:\(row.number): \(row.path) has no line \(row.line)")
        continue
      }
      let line = lines[row.line - 1]
      let elsewhere = lines.firstIndex { $0.contains(row.quotation) }.map { "; line \($0 + 1) does" } ?? ""
      #expect(
        line.contains(row.quotation),
        "docs/systems.md:\(row.number): \(row.path):\(row.line) does not say \(row.quotation)\(elsewhere)")
    }
  }

  @Test(arguments: headings)
  func everyRowPointsIntoItsOwnFolder(_ heading: String) throws {
    let folder = try #require(Self.folders[heading])
    for row in Self.read(try BundledFolder.text("docs/systems.md")).rows where row.section == heading {
      #expect(row.path.hasPrefix("playbooks/\(folder)/"), "docs/systems.md:\(row.number)")
    }
  }

  /// Whatever alerts was asked for by somebody.
  @Test(arguments: headings)
  func everyAlertHasARow(_ heading: String) throws {
    let path = "playbooks/\(try #require(Self.folders[heading]))/rules.yaml"
    let rows = Self.read(try BundledFolder.text("docs/systems.md")).rows.filter { $0.path == path }
    let lines = try BundledFolder.text(path).split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where line.contains("- alert: ") {
      let end = lines[(index + 1)...].firstIndex { $0.contains("- alert: ") } ?? lines.count
      #expect(rows.contains { (index..<end).contains($0.line - 1) }, "\(path):\(index + 1) has no row")
    }
  }
}
