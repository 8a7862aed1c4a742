import Foundation
import Host
import Testing
import Values
import Watch

struct EvidenceReaderTests {
  private let folder: TestFolder

  init() throws {
    folder = try TestFolder()
  }

  private func put(_ name: String, at seconds: Int64) throws {
    let path = folder.path + "/" + name
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data("x".utf8).write(to: URL(fileURLWithPath: path))
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: TimeInterval(seconds))], ofItemAtPath: path)
  }

  private func find(_ pattern: String) -> EvidenceFinding { EvidenceReader.find(pattern, in: folder.path) }

  private func newest(_ file: String, _ seconds: Int64) -> EvidenceFinding {
    .newest(file, at: Instant(milliseconds: seconds * 1000))
  }

  @Test func theNewestFileThatFits() throws {
    try put("drills/logs/a.md", at: 1_700_000_000)
    try put("drills/logs/b.md", at: 1_700_086_400)
    try put("drills/logs/c.txt", at: 1_700_500_000)
    try put("drills/logs/d.md/inside.md", at: 1_700_900_000)
    #expect(find("drills/logs/*.md") == newest("drills/logs/b.md", 1_700_086_400))
    #expect(find("drills/*/?.md") == newest("drills/logs/b.md", 1_700_086_400))
    #expect(find("drills/logs/a.md") == newest("drills/logs/a.md", 1_700_000_000))
    #expect(find(folder.path + "/drills/logs/[a]*") == newest("drills/logs/a.md", 1_700_000_000))
  }

  /// An empty folder is old evidence; one that is not there is none at all.
  @Test func nothingIsNotTheSameAsNowhere() throws {
    try put("drills/readme.txt", at: 1_700_000_000)
    #expect(find("drills/*.md") == .nothing)
    #expect(find("drills/none.md") == .nothing)
    #expect(find("drill/*.md") == .unknown("the folder drill is not there"))
    #expect(find("drills/2026/*/log.md") == .unknown("the folder drills/2026 is not there"))
    #expect(find("*.md") == .nothing)
  }

  /// The folder's own name may look like a pattern.
  @Test func theFolderIsNoPattern() throws {
    try put("odd [x]*/drills/a.md", at: 1_700_000_000)
    try put("odd x/drills/a.md", at: 1_700_500_000)
    let found = EvidenceReader.find("drills/*.md", in: folder.path + "/odd [x]*")
    #expect(found == newest("drills/a.md", 1_700_000_000))
  }

  @Test func aFileIsKeptWithItsDigest() throws {
    try put("log.md", at: 1_700_000_000)
    let kept = try EvidenceReader.keep("log.md", at: folder.path + "/log.md")
    #expect(kept.bytes == Array("x".utf8) && kept.evidence.bytes == 1)
    #expect(
      kept.evidence.sha256 == "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881")
    #expect(throws: (any Error).self) { try EvidenceReader.keep("no.md", at: folder.path + "/no.md") }
  }
}
