import Metrics
import PromQL

/// The elements of a measure by columns that stay.
struct SweepColumns {
  private(set) var values: [Double] = []
  /// In which round each had its value last.
  private(set) var rounds: [Int] = []
  private(set) var round = 0
  private var numbers: [Labels: Int] = [:]
  private var identities: Set<Labels> = []
  /// The last vector's shape, and the column of each of its places; -1: not looked up yet.
  private var shape: Shape?
  private var known: [Int] = []

  var count: Int { values.count }

  /// False when two of them would be one alert.
  mutating func take(_ vector: Vector) -> Bool {
    round += 1
    if vector.shape !== shape {
      shape = vector.shape
      known = Array(repeating: -1, count: vector.shape.count)
    }
    for index in 0..<vector.count {
      let place = vector.place(index)
      var column = known[place]
      if column < 0 {
        guard let found = number(vector.shape.labels[place]) else { return false }
        column = found
        known[place] = found
      }
      values[column] = vector.values[index]
      rounds[column] = round
    }
    return true
  }

  private mutating func number(_ labels: Labels) -> Int? {
    if let number = numbers[labels] { return number }
    guard identities.insert(labels.withoutMetricName).inserted else { return nil }
    numbers[labels] = values.count
    values.append(0)
    rounds.append(0)
    return values.count - 1
  }
}
