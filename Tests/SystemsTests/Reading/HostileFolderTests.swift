import Systems
import Testing
import Values

/// Whatever a folder holds, reading it ends, with problems inside the file.
struct HostileFolderTests {
  @Test(arguments: [1, 2, 3]) func mutatedFilesAreReadOrRefused(_ seed: UInt64) {
    var random = SplitMix64(state: seed)
    let scaffold = Scaffold.files(name: "shop", health: "http://h:1/", metrics: "http://h:1/metrics")
    let pieces = Array("{}[]:-,#'\"|>&*!%@`$ \n\t\\0aé\u{0}")
    for _ in 0..<150 {
      var files = scaffold
      for path in files.keys.sorted() {
        var text = Array(files[path] ?? "")
        for _ in 0..<Int(random.next() % 4) where !text.isEmpty {
          let place = Int(random.next() % UInt64(text.count))
          switch random.next() % 3 {
          case 0: text[place] = pieces[Int(random.next() % UInt64(pieces.count))]
          case 1: text.insert(pieces[Int(random.next() % UInt64(pieces.count))], at: place)
          default: text.removeSubrange(place..<min(text.count, place + 1 + Int(random.next() % 40)))
          }
        }
        files[path] = String(text)
      }
      let (_, problems) = SystemFolder.load(Folder(name: "shop", files: files), environment: [:])
      for problem in problems {
        let lines = (files[problem.file] ?? "").split(separator: "\n", omittingEmptySubsequences: false)
        #expect(problem.position.line >= 1 && problem.position.column >= 1)
        #expect(problem.position.line <= lines.count + 1, "\(problem)")
        #expect(!problem.what.isEmpty && !problem.remedy.isEmpty)
      }
    }
  }

  @Test(arguments: [
    "", "[]", "title:", "title: [a]", "- a", "title: T\nendpoints: [a]", "title: T\nendpoints: {a: }",
    "title: T\nendpoints: {a: [http]}", "title: T\nsecrets: [a]", "title: T\nsecrets: {a: [b]}", "a: &a [*a]",
    "title: T\nescalation: {}", "title: T\nvariables: 5", "title: T\n1: 2", "title: T\ntitle: U",
  ])
  func oddShapesHaveProblems(_ text: String) {
    let problems = SystemFolder.problems(
      of: Folder(name: "x", files: ["system.yaml": text]), environment: [:])
    #expect(problems.contains { $0.weight == .error })
  }
}

/// A small generator whose sequence depends on its seed alone (Steele, Lea and Flood, 2014).
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
