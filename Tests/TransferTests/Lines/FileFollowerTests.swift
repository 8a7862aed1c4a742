import Testing
import Wire

@testable import Transfer

struct FileFollowerTests {
  private var files = FakeFiles()

  private func follower(_ pattern: String = "log*", limit: Int = 1 << 20, lineLimit: Int = 1000)
    -> FileFollower<FakeFiles>
  {
    FileFollower(pattern: pattern, limit: limit, lineLimit: lineLimit)
  }

  private mutating func look(_ follower: inout FileFollower<FakeFiles>) -> String {
    String(decoding: follower.look(in: &files).lines, as: UTF8.self)
  }

  @Test mutating func whatWasThereIsOldAndWhatComesIsNew() {
    files.append("old\n", to: "log")
    var follower = follower()
    #expect(look(&follower) == "")
    files.append("new\n", to: "log")
    files.append("first\n", to: "log2")
    #expect(look(&follower) == "new\nfirst\n")
    #expect(look(&follower) == "")
  }

  @Test mutating func aLineWaitsForItsEnd() {
    files.append("ha", to: "log")
    var follower = follower()
    #expect(look(&follower) == "")
    // The half line of before is nobody's.
    files.append("lf\nwhole\npar", to: "log")
    #expect(look(&follower) == "whole\n")
    files.append("ti", to: "log")
    #expect(look(&follower) == "")
    files.append("al\r\n", to: "log")
    #expect(look(&follower) == "partial\n")
  }

  @Test mutating func renamedOutOfThePatternItIsReadToItsEnd() {
    files.append("old\n", to: "log")
    var follower = follower("log")
    #expect(look(&follower) == "")
    files.append("a\n", to: "log")
    files.rename("log", to: "old-log")
    files.append("b\n", to: "log")
    #expect(look(&follower) == "a\nb\n")
    // Who writes it has not noticed yet.
    files.append("c\nlast", to: "old-log")
    files.append("d\n", to: "log")
    #expect(look(&follower) == "c\nd\n")
    for _ in 0..<2 { #expect(look(&follower) == "") }
    // Let go: its last line never got an end.
    #expect(look(&follower) == "last\n")
    files.append("too late\n", to: "old-log")
    #expect(look(&follower) == "")
  }

  @Test mutating func renamedInsideThePatternNothingIsReadTwice() {
    files.append("old\n", to: "log")
    var follower = follower()
    #expect(look(&follower) == "")
    files.append("a\n", to: "log")
    files.rename("log", to: "log.1")
    files.append("b\n", to: "log")
    #expect(look(&follower).split(separator: "\n").sorted() == ["a", "b"])
    files.rename("log.1", to: "log.2")
    files.rename("log", to: "log.1")
    files.append("c\n", to: "log")
    #expect(look(&follower) == "c\n")
  }

  @Test mutating func emptiedItIsReadFromItsBeginning() {
    files.append("0123456789\n", to: "log")
    var follower = follower()
    #expect(look(&follower) == "")
    files.truncate("log", to: "new\n")
    #expect(look(&follower) == "new\n")
    files.truncate("log")
    #expect(look(&follower) == "")
    files.append("x\n", to: "log")
    #expect(look(&follower) == "x\n")
  }

  @Test mutating func emptiedAndLongerThanBeforeItIsKnownByItsBeginning() {
    files.append("a\n", to: "log")
    var follower = follower()
    #expect(look(&follower) == "")
    files.truncate("log", to: "another\nbeginning\n")
    #expect(look(&follower) == "another\nbeginning\n")
    // As long as before.
    files.truncate("log", to: "ANOTHER\nbeginning\n")
    #expect(look(&follower) == "ANOTHER\nbeginning\n")
  }

  @Test mutating func deletedAndMadeAnewItIsAnotherFile() {
    files.append("a\n", to: "log")
    var follower = follower("log")
    #expect(look(&follower) == "")
    files.append("b\n", to: "log")
    files.remove("log")
    let (lines, gain) = follower.look(in: &files)
    #expect(lines == Array("b\n".utf8))
    #expect(gain.trouble == "there is no file log")
    files.append("c\n", to: "log")
    #expect(look(&follower) == "c\n")
  }

  @Test mutating func oneFileOfTwoNamesIsReadOnce() {
    files.append("a\n", to: "log")
    files.link("log", as: "log-current")
    var follower = follower()
    #expect(look(&follower) == "")
    files.append("b\n", to: "log")
    #expect(look(&follower) == "b\n")
  }

  @Test mutating func longLinesAreCutAndCounted() {
    files.create("log")
    var follower = follower(lineLimit: 5)
    #expect(look(&follower) == "")
    files.append("12345\n123456\n1234567890", to: "log")
    let (lines, gain) = follower.look(in: &files)
    #expect(String(decoding: lines, as: UTF8.self) == "12345\n12345\n12345\n")
    #expect(gain.cut == 2)
    files.append("still the same\nnext\n", to: "log")
    #expect(look(&follower) == "next\n")
  }

  @Test mutating func aLookIsBoundedAndNobodyStarves() {
    for name in ["log1", "log2", "log3"] { files.create(name) }
    var follower = follower(limit: 3)
    #expect(look(&follower) == "")
    for name in ["log1", "log2", "log3"] { files.append("\(name)\n", to: name) }
    let (lines, gain) = follower.look(in: &files)
    #expect(lines == Array("log1\n".utf8))
    #expect(gain.unread == 10)
    files.append("more\n", to: "log1")
    #expect(look(&follower) == "log2\n")
    #expect(look(&follower) == "log3\n")
    #expect(look(&follower) == "more\n")
    #expect(look(&follower) == "")
  }

  @Test mutating func whatCannotBeReadIsToldEachTimeAndReadOnceItCan() {
    files.append("old\n", to: "log")
    files["log"]?.isReadable = false
    var follower = follower()
    for _ in 0..<2 { #expect(follower.look(in: &files).gain.trouble == "log cannot be read") }
    files.append("new\n", to: "log")
    files["log"]?.isReadable = true
    let (lines, gain) = follower.look(in: &files)
    #expect(lines == Array("new\n".utf8) && gain.trouble == nil)
  }

  @Test mutating func troubleIsAPhrase() {
    var none = follower("log")
    #expect(none.look(in: &files).gain.trouble == "there is no file log")
    var nothing = follower("log*")
    #expect(nothing.look(in: &files).gain.trouble == "no file matches log*")
    var broken = follower("broken*")
    #expect(broken.look(in: &files).gain.trouble == "broken* cannot be expanded")
    files.create("log").isRegular = false
    #expect(none.look(in: &files).gain.trouble == "log is no regular file")
    files.create("log.gz")
    files.remove("log")
    #expect(nothing.look(in: &files).gain.trouble == "no file matches log*")
  }

  @Test mutating func manyFilesAreFollowedAndFewStayOpen() {
    for index in 0..<200 { files.append("old\n", to: "log\(index)") }
    var follower = follower()
    #expect(look(&follower) == "")
    let before = files.opened
    #expect(look(&follower) == "")
    // Those that rest and did not change are left alone.
    #expect(files.opened == before)
    for index in 0..<200 { files.append("\(index)\n", to: "log\(index)") }
    #expect(look(&follower).split(separator: "\n").count == 200)
    #expect(follower.look(in: &files).gain.files == 200)
  }

  /// Whatever happens to the files, each line that gets its end while a name of its file matches is read once.
  @Test mutating func nothingIsLostOrReadTwice() {
    for seed in 1...40 as ClosedRange<UInt64> {
      var random = seed &* 0x9E37_79B9_7F4A_7C15 | 1
      func next(_ count: Int) -> Int {
        random ^= random << 13
        random ^= random >> 7
        random ^= random << 17
        return Int(random % UInt64(count))
      }
      var files = FakeFiles()
      files.create("log")
      var follower = follower(limit: 40)
      var written = 0
      var read: [String] = []
      _ = follower.look(in: &files)
      for step in 0..<60 {
        switch next(5) {
        case 0, 1, 2:
          for _ in 0...next(3) {
            files.append("line \(written)", to: "log")
            if next(4) == 0 { read += lines(&follower, &files) }
            files.append("\n", to: "log")
            written += 1
          }
        case 3:
          files.rename("log", to: "log.\(step)")
          files.create("log")
        default: read += lines(&follower, &files)
        }
      }
      for _ in 0..<100 { read += lines(&follower, &files) }
      let expected = (0..<written).map { "line \($0)" }
      #expect(read.sorted() == expected.sorted(), "seed \(seed)")
    }
  }

  private func lines(_ follower: inout FileFollower<FakeFiles>, _ files: inout FakeFiles) -> [String] {
    String(decoding: follower.look(in: &files).lines, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}
