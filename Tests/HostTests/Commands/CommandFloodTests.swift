import Crypto
import Foundation
import Playbooks
import Testing
import Values

@testable import Host

/// Two hundred megabytes of output.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct CommandFloodTests {
  private static let total = 200_000_000

  private func check(_ text: String, newlines: Bool) throws {
    let bench = try CommandBench()
    let order = try CommandBench.order(text, step: ["timeout: 9m"])
    let news = try bench.run(order, patience: .seconds(540))
    let report = try #require(news.report)
    #expect(report.succeeded && report.isTruncated && report.output.count <= 8 << 20)
    #expect(news.output.count < 400_000)
    let file = try #require(report.file)
    #expect(file == "output/\(order.id).txt")
    let path = bench.folder.path + "/" + file
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(attributes[.size] as? Int == Self.total + (newlines ? 0 : 1))
    // The digest is that of the file: all of it, and nothing else.
    var hash = SHA256()
    let handle = try FileHandle(forReadingAtPath: path).map { $0 } ?? { throw CocoaError(.fileNoSuchFile) }()
    while let part = try handle.read(upToCount: 1 << 20), !part.isEmpty { hash.update(data: part) }
    #expect(report.digest == hash.finalize().hex && report.digest != report.sha256)
  }

  @Test func ofOneLine() throws {
    try check("head -c \(Self.total) /dev/zero | tr '\\0' x", newlines: false)
  }

  @Test func ofManyLines() throws {
    try check("yes 'a line of forty characters, as logs have.' | head -c \(Self.total)", newlines: false)
  }

  @Test func theOthersGoOnMeanwhile() throws {
    let bench = try CommandBench()
    let flood = try CommandBench.order("yes", step: ["timeout: 9m"])
    bench.runner.run(flood)
    _ = try bench.news(of: flood, "that it does not fit any more") { $0.output.isTruncated }
    for number in 0..<3 {
      #expect(try bench.run(CommandBench.order("echo \(number)")).report?.outputText == "\(number)\n")
    }
    bench.runner.cancel(flood.id)
    #expect(try bench.end(of: flood).report?.cause == .cancelled)
  }

  @Test func whatFitsNeedsNoFile() throws {
    let bench = try CommandBench()
    let report = try #require(try bench.run(CommandBench.order("seq 1 30000")).report)
    #expect(report.file == nil && !report.isTruncated && report.lines == 30_000)
    #expect(report.digest == report.sha256 && report.outputText.hasSuffix("\n30000\n"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: bench.folder.path + "/output").isEmpty)
  }
}
