import ArgumentParser
import Foundation
import Host
import Incidents
import Journal
import Values

struct JournalVerify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Follow the hash chain: exit 0 intact, 2 broken, 3 cannot tell.",
    discussion: """
      With --against the journal is held against what was noted earlier: COUNT·HASH, or a file that midwatch wrote \
      (an export, a hand-over, a run's report), whose stamps are found in it. Several may be given.
      """)

  @OptionGroup var options: StateOptions
  @Option(help: ArgumentHelp("COUNT·HASH, or a file that holds a stamp.", valueName: "stamp|file"))
  var against: [String] = []
  @Option(help: "How to answer.") var format = OutputFormat.table

  /// A stamp, and where it was found.
  private struct Source {
    let stamp: Stamp
    let file: String?
    let line: Int?

    /// `INC-1.md, line 210: `, or nothing.
    var prefix: String {
      guard let file else { return "" }
      return Inert.terminal(file) + (line.map { ", line \($0)" } ?? "") + ": "
    }
  }

  func run() throws {
    var sources: [Source] = []
    var empty: [String] = []
    for text in against {
      if let stamp = Stamp(text) {
        sources.append(Source(stamp: stamp, file: nil, line: nil))
        continue
      }
      let found = try read(text)
      if found.isEmpty { empty.append(text) }
      sources += found.map { Source(stamp: $0.stamp, file: text, line: $0.line) }
    }
    let file = options.journal.map { options.places.absolute($0) } ?? options.folder.journal
    let verified = Journal.verify(file: file, against: sources.map(\.stamp))
    if format == .json {
      try Standard.json(
        Document(verified, sources: zip(sources, verified.stamps).map { ($0.file, $0.line, $1) }))
    } else {
      tell(verified, sources)
    }
    for name in empty {
      Standard.error(
        "\(Inert.terminal(name)) holds no stamp; name a file that midwatch wrote, or COUNT·HASH.")
    }
    switch verified.verdict {
    case .intact where empty.isEmpty: return
    case .intact, .cannotTell: throw ExitCode(3)
    case .broken, .missingTail, .damaged: throw ExitCode(2)
    }
  }

  private func tell(_ verified: Verified, _ sources: [Source]) {
    if case .cannotTell(let why) = verified.chain {
      Standard.error(why)
    } else {
      Standard.out(verified.chain.description)
    }
    for (source, check) in zip(sources, verified.stamps) { Standard.out(source.prefix + check.description) }
  }

  /// As much as an export ever has.
  private static let largest = 1 << 30

  private func read(_ name: String) throws -> [StampReader.Found] {
    let path = options.places.absolute(name)
    let shown = Inert.terminal(name)
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw ValidationError(
        "\(shown) is no stamp and no file; write COUNT·HASH, or name a file that holds one.")
    }
    if isFolder.boolValue { throw ValidationError("\(shown) is a folder; name a file that holds a stamp.") }
    let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    guard let size, size <= Self.largest, let data = FileManager.default.contents(atPath: path) else {
      throw ValidationError("\(shown) cannot be read; check its mode, and that it is at most 1 GiB.")
    }
    return StampReader.stamps(in: Array(data))
  }

  /// `midwatch.verify/1`.
  private struct Document: Encodable {
    struct Chain: Encodable {
      let verdict: String
      /// Of the first bad event.
      var event: Int64?
      var why: String?
      var head: RecordStamp?
      var expected: Int64?
      var found: Int64?
    }

    struct Check: Encodable {
      let file: String?
      let line: Int?
      let origin: String?
      let count: Int64
      let hash: String
      let verdict: String
      let found: Int64?
    }

    let schema = "midwatch.verify/1"
    /// The chain and the stamps together.
    let verdict: String
    let chain: Chain
    let stamps: [Check]

    init(_ verified: Verified, sources: [(file: String?, line: Int?, check: StampCheck)]) {
      verdict = Self.word(verified.verdict)
      var chain = Chain(verdict: Self.word(verified.chain))
      switch verified.chain {
      case .intact(let head):
        chain.head = RecordStamp(journal: head.name, origin: head.origin, count: head.count, head: head.hash)
      case .broken(let seq, let why): (chain.event, chain.why) = (seq, why)
      case .missingTail(let expected, let found): (chain.expected, chain.found) = (expected, found)
      case .damaged(let why), .cannotTell(let why): chain.why = why
      }
      self.chain = chain
      stamps = sources.map { source in
        let (stamp, verdict) = (source.check.stamp, source.check.verdict)
        var found: Int64?
        if case .missing(let count) = verdict { found = count }
        return Check(
          file: source.file, line: source.line, origin: stamp.origin, count: stamp.count, hash: stamp.hash,
          verdict: Self.word(verdict), found: found)
      }
    }

    private static func word(_ verification: Verification) -> String {
      switch verification {
      case .intact: "intact"
      case .broken: "broken"
      case .missingTail: "missing_tail"
      case .damaged: "damaged"
      case .cannotTell: "unknown"
      }
    }

    private static func word(_ verdict: StampCheck.Verdict) -> String {
      switch verdict {
      case .holds: "holds"
      case .changed: "changed"
      case .missing: "missing"
      case .foreign: "foreign"
      case .unreached: "unreached"
      }
    }
  }
}
