import Metrics

/// Puts the vectors of successive steps together, series by series.
struct Gathered {
  private(set) var series: [SeriesPoints] = []
  private var numbers: [Labels: Int] = [:]
  /// The last step's shape, and the series at each of its places; -1: not looked up yet.
  private var shape = Shape.empty
  private var known: [Int] = []

  mutating func add(_ vector: Vector, at time: Int64) {
    if vector.shape !== shape {
      shape = vector.shape
      known = Array(repeating: -1, count: shape.count)
    }
    for index in vector.values.indices {
      let place = vector.place(index)
      if known[place] < 0 { known[place] = number(place) }
      series[known[place]].points.append(Point(t: time, v: vector.values[index]))
    }
  }

  private mutating func number(_ place: Int) -> Int {
    let labels = shape.labels[place]
    if let number = numbers[labels] { return number }
    numbers[labels] = series.count
    var fresh = SeriesPoints(labels, [])
    fresh.dropsName = shape.drops(place)
    series.append(fresh)
    return series.count - 1
  }
}
