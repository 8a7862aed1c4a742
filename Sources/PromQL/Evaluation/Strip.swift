/// What a selection's series yield at the next times of a timetable, worked out series by series and read time by time.
struct Strip: Sendable {
  let shape: Shape
  /// Milliseconds.
  private let start: Int64
  private let step: Int64
  /// How many times there are.
  let count: Int
  /// Of each time the values that there are, in the order of their places, with room for all places.
  private var values: [Double]
  private var places: [Int32]
  private var filled: [Int]
  /// How many samples were looked at for each time.
  private var seen: [Int]

  /// Values that one strip has room for, unless there are very many series.
  private static let room = 131_072

  /// How many times a strip of so many series spans: many enough that decoding a chunk pays, few enough for memory.
  static func length(for width: Int) -> Int { max(16, min(512, room / max(1, width))) }

  init(_ shape: Shape, from start: Int64, step: Int64, count: Int) {
    self.shape = shape
    self.start = start
    self.step = step
    self.count = count
    values = Array(repeating: 0, count: count * shape.count)
    places = Array(repeating: 0, count: count * shape.count)
    filled = Array(repeating: 0, count: count)
    seen = Array(repeating: 0, count: count)
  }

  /// The number of a time; nil when it is none of the strip's.
  func row(_ time: Int64) -> Int? {
    let (past, overflow) = time.subtractingReportingOverflow(start)
    guard !overflow, past >= 0, past % step == 0, past / step < Int64(count) else { return nil }
    return Int(past / step)
  }

  /// The time of a row, in milliseconds.
  @inline(__always) func time(_ row: Int) -> Int64 { start &+ Int64(row) &* step }

  func seen(_ row: Int) -> Int { seen[row] }

  /// The values of a row at the places of a shape that has as many as the strip's.
  func vector(_ row: Int, _ shape: Shape) -> Vector {
    let begin = row * self.shape.count
    let range = begin..<begin + filled[row]
    guard filled[row] < self.shape.count else { return Vector(shape, Array(values[range])) }
    return Vector(shape, Array(values[range]), at: Array(places[range]), isSorted: true)
  }

  func isEmpty(_ row: Int) -> Bool { filled[row] == 0 }

  /// Where the values of one series go after those of the series before it.
  struct Filling {
    fileprivate let values: UnsafeMutableBufferPointer<Double>
    fileprivate let places: UnsafeMutableBufferPointer<Int32>
    fileprivate let filled: UnsafeMutableBufferPointer<Int>
    fileprivate let seen: UnsafeMutableBufferPointer<Int>
    fileprivate let width: Int

    /// - Parameter place: greater than all that were put into the row before.
    @inline(__always) func put(_ value: Double, at place: Int, in row: Int) {
      let index = row &* width &+ filled[row]
      values[index] = value
      places[index] = Int32(truncatingIfNeeded: place)
      filled[row] &+= 1
    }

    @inline(__always) func count(_ samples: Int, in row: Int) { seen[row] &+= samples }
  }

  mutating func fill(_ body: (Filling) throws(EvaluationError) -> Void) throws(EvaluationError) {
    let width = shape.count
    var failure: EvaluationError?
    values.withUnsafeMutableBufferPointer { values in
      places.withUnsafeMutableBufferPointer { places in
        filled.withUnsafeMutableBufferPointer { filled in
          seen.withUnsafeMutableBufferPointer { seen in
            do throws(EvaluationError) {
              try body(
                Filling(values: values, places: places, filled: filled, seen: seen, width: width))
            } catch {
              failure = error
            }
          }
        }
      }
    }
    if let failure { throw failure }
  }
}
