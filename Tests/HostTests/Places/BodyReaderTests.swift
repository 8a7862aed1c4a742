import Glibc
import Systems
import Testing

@testable import Host

@Suite struct BodyReaderTests {
  private static func failure(_ reader: BodyReader, _ path: String) -> String? {
    do throws(BodyFailure) {
      _ = try reader.read(path)
      return nil
    } catch {
      return error.what
    }
  }

  @Test func readsWhatLiesInTheFolderAndNothingElse() throws {
    let folder = try TestFolder()
    try folder.write("{}", to: "bodies/login.json")
    try folder.write(String(repeating: "x", count: (1 << 20) + 1), to: "long")
    symlink("bodies/login.json", folder.path + "/link")
    symlink("/etc/hostname", folder.path + "/out")
    let reader = BodyReader(folder: folder.path)
    #expect(try reader.read("bodies/login.json") == Array("{}".utf8))
    #expect(try reader.read("link") == Array("{}".utf8))
    #expect(Self.failure(reader, "missing") == "does not exist")
    #expect(Self.failure(reader, "bodies") == "cannot be read")
    #expect(Self.failure(reader, "long") == "is longer than 1 MiB")
    for path in ["/etc/hostname", "out", "../../../etc/hostname", ""] {
      #expect(Self.failure(reader, path) == "is not in the system's folder", "\(path)")
    }
  }

  @Test func aChangedBodyIsAnotherMark() throws {
    let folder = try TestFolder()
    let text = "title: T\nendpoints: {a: {http: \"http://h\", method: POST, body_file: login.json}}\n"
    try folder.write(text, to: "system.yaml")
    let source = SystemSource(name: "t", path: folder.path, environment: [:])
    let missing = source.load()
    #expect(missing.problems.count == 1 && missing.folder.endpoints.first?.heldBack != nil)
    let before = BodyReader.mark(missing.folder, at: folder.path)
    try folder.write("{}", to: "login.json")
    let after = BodyReader.mark(missing.folder, at: folder.path)
    #expect(before != after)
    let found = source.load()
    #expect(found.problems.isEmpty && found.folder.endpoints.first?.body == Array("{}".utf8))
    try folder.write("{\"a\":1}", to: "login.json")
    #expect(BodyReader.mark(missing.folder, at: folder.path) != after)
  }
}
