import Foundation
import Fuzzing
import Testing

/// What `make fuzz` starts from, and what it once found: replayed as it lies in Corpus.
@Suite struct CorpusTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Corpus")

  @Test(arguments: Exercise.allCases)
  func everySeedIsReadOrRefused(exercise: Exercise) throws {
    let folder = Self.folder.appending(path: exercise.rawValue)
    let seeds = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    #expect(!seeds.isEmpty)
    for seed in seeds {
      let bytes = [UInt8](try Data(contentsOf: seed))
      #expect(throws: Never.self, "\(seed.lastPathComponent)") { try exercise.run(bytes) }
      // Cut anywhere, it is still read or refused.
      for end in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 64)) {
        #expect(throws: Never.self, "\(seed.lastPathComponent), cut at \(end)") {
          try exercise.run(Array(bytes[..<end]))
        }
      }
    }
  }
}
