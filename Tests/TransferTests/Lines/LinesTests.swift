import Foundation
import Synchronization
import Testing
import Transfer
import Values
import Wire

/// Real files and real commands.
@Suite(.timeLimit(.minutes(2)))
final class LinesTests {
  private let folder: String
  private let answers = Mailbox<Outcome>()
  private let fetched: Mailbox<(Request, TransferID)>
  private let lines: Lines
  private var last: UInt64 = 0

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "midwatch-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let (answers, fetched) = (answers, Mailbox<(Request, TransferID)>())
    self.fetched = fetched
    lines = Lines(fetch: { fetched.post(($0, $1)) }, completion: { answers.post($1) })
  }

  deinit {
    lines.stop()
    try? FileManager.default.removeItem(atPath: folder)
  }

  private func append(_ text: String, to name: String) throws {
    let path = folder + "/" + name
    if !FileManager.default.fileExists(atPath: path) {
      _ = FileManager.default.createFile(atPath: path, contents: nil)
    }
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(text.utf8))
    try handle.close()
  }

  private func start(_ request: LineRequest, of name: String = "shop/log") {
    last += 1
    lines.ask(request, of: name, id: TransferID(last))
  }

  private func answer() throws -> Response {
    _ = answers.wait(timeout: nil)
    return try #require(answers.drain().first).get()
  }

  private func look(_ request: LineRequest, of name: String = "shop/log") throws -> (
    text: String, gain: LineGain
  ) {
    start(request, of: name)
    let response = try answer()
    return (String(decoding: response.body, as: UTF8.self), try #require(response.lines))
  }

  private func files(_ pattern: String) -> LineRequest { LineRequest(source: .files(folder + "/" + pattern)) }

  private func command(_ script: String) -> LineRequest {
    LineRequest(source: .command(ProcessRequest(words: ["/bin/sh", "-c", script])))
  }

  @Test func filesAcrossRotationAndTruncation() throws {
    let request = files("*.log")
    try append("old\n", to: "a.log")
    #expect(try look(request) == ("", LineGain.following(1)))
    try append("1\n", to: "a.log")
    try append("new\n", to: "b.log")
    #expect(try look(request) == ("1\nnew\n", .following(2)))
    // Renamed by logrotate, compressed, and made anew.
    try append("2\n", to: "a.log")
    try FileManager.default.moveItem(atPath: folder + "/a.log", toPath: folder + "/a.log.1")
    try append("3\n", to: "a.log")
    try append("not a log\n", to: "c.log.gz")
    #expect(try look(request) == ("2\n3\n", .following(2)))
    // Deleted, though its writer still has it.
    let handle = try #require(FileHandle(forWritingAtPath: folder + "/a.log"))
    try FileManager.default.removeItem(atPath: folder + "/a.log")
    try handle.seekToEnd()
    try handle.write(contentsOf: Data("4\n".utf8))
    try handle.close()
    #expect(try look(request) == ("4\n", .following(1)))
    // copytruncate.
    try FileHandle(forWritingAtPath: folder + "/b.log")?.truncate(atOffset: 0)
    try append("5\n", to: "b.log")
    #expect(try look(request) == ("5\n", .following(1)))
    #expect(try look(request) == ("", .following(1)))
  }

  @Test func twoFollowersHaveEachTheirPlace() throws {
    let request = files("log")
    try append("", to: "log")
    _ = try look(request, of: "a")
    try append("1\n", to: "log")
    _ = try look(request, of: "b")
    try append("2\n", to: "log")
    #expect(try look(request, of: "a").text == "1\n2\n")
    #expect(try look(request, of: "b").text == "2\n")
  }

  @Test func symbolicLinksPipesAndFolders() throws {
    try append("old\n", to: "one.txt")
    try append("", to: "two.txt")
    let link = folder + "/current.log"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: folder + "/one.txt")
    #expect(mkfifo(folder + "/pipe.log", 0o600) == 0)
    try FileManager.default.createDirectory(atPath: folder + "/folder.log", withIntermediateDirectories: true)
    let request = files("*.log")
    #expect(try look(request) == ("", .following(1)))
    try append("1\n", to: "one.txt")
    try FileManager.default.removeItem(atPath: link)
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: folder + "/two.txt")
    try append("2\n", to: "two.txt")
    #expect(try look(request).text == "1\n2\n")
    #expect(try look(files("pipe.log"), of: "pipe").gain.trouble == "\(folder)/pipe.log is no regular file")
  }

  @Test func aCommandKeepsRunning() throws {
    let request = command("echo $$; while read line; do echo got $line; done < \(folder)/pipe; sleep 600")
    #expect(mkfifo(folder + "/pipe", 0o600) == 0)
    var text = ""
    while !text.hasSuffix("\n") { text += try look(request).text }
    let number = try #require(Int32(text.dropLast()))
    let handle = try #require(FileHandle(forWritingAtPath: folder + "/pipe"))
    try handle.write(contentsOf: Data("1\n2\n".utf8))
    text = ""
    while !text.hasSuffix("got 2\n") { text += try look(request).text }
    #expect(text == "got 1\ngot 2\n")
    #expect(isAlive(number))
    lines.stop()
    #expect(!isThere(number))
    try handle.close()
  }

  @Test func aCommandThatEndsIsToldAndStartedAgain() throws {
    let request = command("echo line; echo 'no such unit' >&2; printf rest; exit 3")
    var texts = ""
    var troubles: [String] = []
    while troubles.isEmpty || texts.split(separator: "\n").count < 4 {
      let (text, gain) = try look(request)
      texts += text
      if let trouble = gain.trouble, troubles.last != trouble { troubles.append(trouble) }
    }
    #expect(texts.hasPrefix("line\nrest\nline\nrest\n"))
    #expect(troubles == ["/bin/sh ended with status 3: no such unit"])
    let missing = LineRequest(source: .command(ProcessRequest(words: ["/nowhere/tail"])))
    var trouble: String?
    while trouble == nil { trouble = try look(missing, of: "missing").gain.trouble }
    #expect(trouble == "there is no program /nowhere/tail")
  }

  @Test func aCommandWaitsWhileItsLinesWait() throws {
    var request = command("i=0; while [ $i -lt 60000 ]; do echo $i; i=$((i+1)); done; sleep 600")
    request.limit = 10_000
    var text = ""
    while !text.hasSuffix("\n59999\n") { text += try look(request).text }
    #expect(text == (0..<60_000).map { "\($0)\n" }.joined())
  }

  @Test func lokiIsAskedThroughUs() throws {
    var base = Request(url: "http://127.0.0.1:3100/")
    base.authorization = .bearer(Secret("token"))
    let request = LineRequest(source: .loki(base, query: #"{app="shop"} |= "50%""#))
    start(request)
    _ = fetched.wait(timeout: nil)
    let (sent, id) = try #require(fetched.drain().first)
    #expect(sent.authorization == .bearer(Secret("token")))
    #expect(
      sent.url.hasPrefix(
        "http://127.0.0.1:3100/loki/api/v1/query_range?query=%7Bapp%3D%22shop%22%7D%20%7C%3D%20%2250%25%22&start="
      ))
    let body = #"{"status":"success","data":{"resultType":"streams","result":[]}}"#
    lines.receive(.success(Response(status: 200, body: Array(body.utf8))), of: id)
    #expect(try answer().lines?.trouble == nil)
  }
}

extension LineGain {
  fileprivate static func following(_ files: Int) -> LineGain {
    var gain = LineGain()
    gain.files = files
    return gain
  }
}
