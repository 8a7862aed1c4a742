import Metrics
import PromQL
import Values

extension RuleGroup {
  /// Evaluates a recording rule; the number of samples written.
  mutating func evaluateRecording(
    _ index: Int, at: Int64, in store: inout Store
  ) throws(RuleFailure) -> Int {
    let time = at.subtractingSaturating(definition.queryOffset.milliseconds)
    let vector = try vector(index, at: time, in: store)
    if !states[index].recording.fits(vector.shape) {
      states[index].recording.prepare(states[index].rule, for: vector.shape)
    }
    guard vector.twins(in: states[index].recording.shape) == nil else {
      throw RuleFailure("the result has two series with the same labels after those of the rule were set")
    }
    if definition.limit > 0, vector.count > definition.limit {
      throw RuleFailure(
        "the rule yields \(vector.count) series, and its group's limit is \(definition.limit)")
    }
    var writing = Writing(at: time)
    let shape = states[index].recording.shape
    for number in 0..<vector.count {
      let place = vector.place(number)
      writing.write(vector.values[number], to: &states[index].recording.ids[place], in: &store) {
        shape.labels[place]
      }
    }
    try finish(writing, ofRule: index, in: &store)
    return vector.count
  }
}
