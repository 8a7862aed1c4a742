import Comms
import Foundation
import Testing

@testable import Host

struct FileDropTests {
  private let folder: TestFolder
  private let entry = "\n## 2026-11-21\n\n> Packs are down.\n"

  init() throws { folder = try TestFolder() }

  private func append(_ before: String?, isAnother: Bool) throws -> String? {
    if let before { try folder.write(before, to: "log.md") }
    let answer = FileDrop.append(entry, to: folder.path + "/log.md", isAnother: isAnother)
    guard case .done = answer else { return "\(answer)" }
    return folder.text(of: "log.md")
  }

  @Test func isAddedToTheEnd() throws {
    #expect(try append(nil, isAnother: false) == entry)
    #expect(try append("# Log\n", isAnother: false) == "# Log\n" + entry)
    #expect(
      try append("# Log\n" + entry, isAnother: false) == "# Log\n" + entry + entry,
      "another act, the same words")
  }

  /// After a try that ended nobody knows where, at every byte where it can have ended.
  @Test func isThereOnceHoweverFarTheTryBeforeCame() throws {
    for count in 0...entry.utf8.count {
      let part = String(decoding: Array(entry.utf8.prefix(count)), as: UTF8.self)
      let text = try #require(try append("# Log\n" + part, isAnother: true))
      #expect(text.components(separatedBy: entry).count == 2, "after \(count) bytes: \(text)")
      #expect(
        text.replacing("\n", with: "") == ("# Log" + entry).replacing("\n", with: ""), "after \(count) bytes")
    }
    let behind = "# Log\n" + entry + "\n## Another\n"
    #expect(try append(behind, isAnother: true) == behind, "somebody wrote behind it")
  }

  @Test func whatCannotBeWrittenToIsSaid() throws {
    for path in ["/nonexistent/log.md", folder.path] {
      switch FileDrop.append(entry, to: path, isAnother: false) {
      case .unsent, .refused: break
      case let other: Issue.record("\(path): \(other)")
      }
    }
    guard case .refused = FileDrop.append(entry, to: "/dev/null", isAnother: false) else {
      Issue.record("a device is no file")
      return
    }
  }

  @Test func aLockOfOthersDoesNotHoldIt() throws {
    try folder.write("# Log\n", to: "log.md")
    let other = open(folder.path + "/log.md", O_RDONLY)
    defer { close(other) }
    try #require(flock(other, LOCK_EX) == 0)
    guard case .unsent(let reason) = FileDrop.append(entry, to: folder.path + "/log.md", isAnother: false)
    else {
      Issue.record("it was written past a lock")
      return
    }
    #expect(reason.contains("locked by another process"))
    #expect(folder.text(of: "log.md") == "# Log\n")
  }

  @Test func aFileIsReplacedInOneStep() throws {
    for text in ["one", "two, longer", ""] {
      guard case .done = FileDrop.write(text, to: "page.md", in: folder.path) else {
        Issue.record("not written")
        return
      }
      #expect(folder.text(of: "page.md") == text)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["page.md"])
    for name in ["", ".", "..", "../x", "a/b", "a\0b"] {
      guard case .refused = FileDrop.write("x", to: name, in: folder.path) else {
        Issue.record("\(name) is no name")
        continue
      }
    }
    guard case .unsent = FileDrop.write("x", to: "page.md", in: folder.path + "/nowhere") else {
      Issue.record("there is no such folder")
      return
    }
  }
}
