import Foundation
import Host
import Testing

@Suite struct FolderReaderTests {
  private let folder: TestFolder

  init() throws {
    folder = try TestFolder()
  }

  @Test func textsAreReadByTheirPathsAndNothingElseIs() throws {
    for file in ["system.yaml", "a.md", "comms/users.md", "drills/one.yml", "one/two/three/four/deep.md"] {
      try folder.write(file, to: file)
    }
    for file in [".hidden.md", ".git/config.yaml", "token", "image.png", "1/2/3/4/5/too-deep.md"] {
      try folder.write("not to be read", to: file)
    }
    let (texts, problems) = FolderReader.read(folder.path)
    #expect(problems.isEmpty)
    #expect(texts.allSatisfy { $0.key == $0.value })
    #expect(
      texts.keys.sorted() == [
        "a.md", "comms/users.md", "drills/one.yml", "one/two/three/four/deep.md", "system.yaml",
      ])
  }

  @Test func whatCannotBeReadIsAProblemAndNoStop() throws {
    try folder.write("fine", to: "fine.md")
    try folder.write([0xFF, 0xFE], to: "latin.md")
    try folder.write([UInt8](repeating: 97, count: (4 << 20) + 1), to: "long.md")
    try #require(mkfifo(folder.path + "/pipe.md", 0o600) == 0)
    let (texts, problems) = FolderReader.read(folder.path)
    #expect(texts == ["fine.md": "fine"])
    #expect(
      problems.map(\.file) == ["latin.md", "long.md", "pipe.md"], "a pipe nobody writes to holds up nothing")
    #expect(problems.first?.what == "the file is not UTF-8")
  }

  @Test func foldersWithoutEndAreReadUpToALimit() throws {
    for number in 0..<2010 { try folder.write("", to: "\(number).md") }
    #expect((2000...2010).contains(FolderReader.read(folder.path).texts.count))
    try folder.write("", to: "inner/system.yaml")
    try #require(symlink("..", folder.path + "/inner/again") == 0)
    _ = FolderReader.read(folder.path + "/inner")
  }

  @Test func theMarkChangesWithWhatIsReadAndOnlyThen() throws {
    try folder.write("title: A", to: "system.yaml")
    let first = FolderReader.mark(folder.path)
    try folder.write("of no matter", to: "token")
    #expect(FolderReader.mark(folder.path) == first)
    try folder.write("title: AB", to: "system.yaml")
    let second = FolderReader.mark(folder.path)
    #expect(second != first)
    try folder.write("", to: "rules.yaml")
    #expect(FolderReader.mark(folder.path) != second)
    try FileManager.default.removeItem(atPath: folder.path + "/rules.yaml")
    #expect(FolderReader.mark(folder.path) == second)
  }

  @Test func aFolderThatIsNotThereIsEmpty() {
    #expect(FolderReader.read(folder.path + "/none").texts.isEmpty)
    #expect(FolderReader.mark(folder.path + "/none").isEmpty)
    #expect(FolderReader.folders(in: folder.path + "/none").isEmpty)
  }
}
