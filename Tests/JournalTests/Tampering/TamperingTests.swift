import Foundation
import GRDB
import Testing

@testable import Journal

/// Whoever can write the file, and knows how it is made, against `verify`: docs/journal.md says what is seen.
@Suite struct TamperingTests {
  private let scratch: Scratch
  private let estate: Estate

  init() throws {
    scratch = try Scratch()
    estate = try Estate()
  }

  private var path: String { scratch.path + "/tampered.db" }
  private var stamps: [Stamp] { [estate.middle, estate.end] }

  /// One of everything that somebody can do, at random.
  private enum Tampering {
    case rows(RowTampering)
    case file(FileTampering)
    case bytes(ByteTampering)

    static func any(_ random: inout SplitMix64) -> Self {
      let rows = RowTampering.allCases.map(Self.rows)
      let files = FileTampering.allCases.map(Self.file)
      // What a disk does has the most forms.
      let bytes = ByteTampering.allCases.flatMap { Array(repeating: Self.bytes($0), count: 4) }
      return (rows + rows + files + bytes).randomElement(using: &random) ?? .rows(.flip)
    }
  }

  /// What was not seen, in words; nil when it was, or when no event reads otherwise than it was written.
  private func missed(_ tampering: Tampering, _ random: inout SplitMix64) throws -> String? {
    try estate.copy(to: path)
    switch tampering {
    case .rows(let kind):
      try kind.apply(to: path, &random)
      return unseen(kind.rawValue, needsStamp: kind.needsStamp)
    case .file(let kind):
      try kind.apply(to: path, of: estate, &random)
      return unseen(kind.rawValue, needsStamp: kind.needsStamp)
    case .bytes(let kind):
      try kind.apply(to: path, &random)
      guard Journal.verify(file: path, against: stamps).verdict.isIntact else { return nil }
      // Unused space, or what is derived from events, was hit: every event must still read as it was written.
      return try estate.readings(of: path) == estate.untouched() ? nil : kind.rawValue
    }
  }

  private func unseen(_ name: String, needsStamp: Bool) -> String? {
    if Journal.verify(file: path, against: stamps).verdict.isIntact { return "\(name), with a stamp" }
    let isSeen = !Journal.verify(file: path).isIntact
    if needsStamp, isSeen { return "\(name) is seen without a stamp, and the documentation says otherwise" }
    return isSeen || needsStamp ? nil : "\(name), without a stamp"
  }

  @Test func theEstateIsWhole() throws {
    try estate.copy(to: path)
    let verified = Journal.verify(file: path, against: stamps)
    #expect(verified.chain.isIntact && verified.stamps.map(\.verdict) == [.holds, .holds])
    let readings = try estate.untouched()
    #expect(readings.allSatisfy { $0 == readings[0] && $0.count == Int(Estate.events) + 13 })
  }

  @Test(arguments: RowTampering.allCases) func rows(_ kind: RowTampering) throws {
    var random = SplitMix64(state: 1)
    for _ in 0..<4 { #expect(try missed(.rows(kind), &random) == nil) }
  }

  @Test(arguments: FileTampering.allCases) func file(_ kind: FileTampering) throws {
    var random = SplitMix64(state: 2)
    for _ in 0..<2 { #expect(try missed(.file(kind), &random) == nil) }
  }

  @Test(arguments: ByteTampering.allCases) func bytes(_ kind: ByteTampering) throws {
    var random = SplitMix64(state: 3)
    for _ in 0..<4 { #expect(try missed(.bytes(kind), &random) == nil) }
  }

  /// Some 15 s of processor time; `MIDWATCH_TAMPERINGS` says how many.
  @Test func noneOfManyIsMissed() throws {
    let count = ProcessInfo.processInfo.environment["MIDWATCH_TAMPERINGS"].flatMap { Int($0) } ?? 1000
    var random = SplitMix64(state: 20_261_122)
    var missed: [String] = []
    for round in 0..<count {
      let tampering = Tampering.any(&random)
      if let one = try self.missed(tampering, &random) { missed.append("\(round): \(one)") }
    }
    #expect(missed == [], "of \(count)")
  }
}
