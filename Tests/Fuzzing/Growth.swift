/// Whether an input that grows costs more than in proportion: each piece of it repeated, the time a byte costs
/// at the longest beside that at the shortest.
package struct Growth {
  /// A piece whose cost grew faster than its length.
  package struct Finding: CustomStringConvertible {
    let exercise: Exercise
    let shape: String
    let lengths: [Int]
    let seconds: [Double]

    package var description: String {
      let steps = zip(lengths, seconds).map { "\($0) bytes \(Int($1 * 1e6)) µs" }.joined(separator: ", ")
      return "\(exercise.rawValue): \(shape): \(steps)"
    }
  }

  let exercise: Exercise
  /// Seconds of this thread's processor time.
  let clock: () -> Double

  package init(_ exercise: Exercise, clock: @escaping () -> Double) {
    self.exercise = exercise
    self.clock = clock
  }

  /// From 16 KiB to 256 KiB: linear work costs 16 times as much, quadratic work 256 times.
  private static let lengths = [16_384, 65_536, 262_144]
  private static let tolerated = 64.0

  /// Repeats `seed` as a whole, then each of its halves, quarters and single bytes between the rest.
  package func findings(of seed: [UInt8]) -> [Finding] {
    shapes(of: seed).compactMap { shape in
      var seconds: [Double] = []
      for length in Self.lengths {
        seconds.append(cost(of: shape.make(length)))
        // What is dear already at this length would take minutes at the next.
        if let last = seconds.last, last > 5 { break }
      }
      guard let first = seconds.first, let last = seconds.last, last > 0.02 else { return nil }
      let growth = last / max(first, 1e-5)
      let isTooMuch = growth > Self.tolerated || (seconds.count < Self.lengths.count)
      guard isTooMuch else { return nil }
      return Finding(
        exercise: exercise, shape: shape.name, lengths: Array(Self.lengths.prefix(seconds.count)),
        seconds: seconds)
    }
  }

  private func cost(of bytes: [UInt8]) -> Double {
    var least = Double.infinity
    for _ in 0..<2 {
      let start = clock()
      try? exercise.run(bytes)
      least = min(least, clock() - start)
    }
    return least
  }

  private struct Shape {
    let name: String
    let make: (Int) -> [UInt8]
  }

  private func shapes(of seed: [UInt8]) -> [Shape] {
    guard !seed.isEmpty else { return [] }
    func quoted(_ bytes: ArraySlice<UInt8>) -> String {
      String(decoding: bytes.prefix(40), as: UTF8.self).debugDescription
    }
    var shapes = [
      Shape(name: "repeated \(quoted(seed[...]))") { length in
        Array(repeatElement(seed, count: max(1, length / seed.count)).joined())
      }
    ]
    for parts in [2, 4, 16] where seed.count >= parts {
      for part in 0..<parts {
        let range = (seed.count * part / parts)..<(seed.count * (part + 1) / parts)
        let piece = seed[range]
        shapes.append(
          Shape(name: "\(quoted(piece)) repeated within \(quoted(seed[...]))") { length in
            let count = max(1, length / max(1, piece.count))
            return Array(seed[..<range.lowerBound]) + Array(repeatElement(piece, count: count).joined())
              + Array(seed[range.upperBound...])
          })
      }
    }
    return shapes
  }
}
