/// Labels made from other labels.
extension Labels {
  /// With `name` set to `value`; an empty value removes it.
  package func setting(_ name: String, _ value: String) -> Labels {
    var result: [Label] = []
    result.reserveCapacity(pairs.count + 1)
    var placed = value.isEmpty
    for pair in pairs where pair.name != name {
      if !placed, name < pair.name {
        result.append(Label(name, value))
        placed = true
      }
      result.append(pair)
    }
    if !placed { result.append(Label(name, value)) }
    return Labels(sorted: result)
  }

  /// With all of `other`'s labels set over these.
  package func setting(_ other: Labels) -> Labels {
    other.isEmpty ? self : Labels(unsorted: pairs + other.pairs)
  }

  package func removing(_ name: String) -> Labels {
    pairs.contains { $0.name == name } ? Labels(sorted: pairs.filter { $0.name != name }) : self
  }

  package func removing(_ names: [String]) -> Labels {
    let kept = pairs.filter { !names.contains($0.name) }
    return kept.count == pairs.count ? self : Labels(sorted: kept)
  }

  package func keeping(_ names: [String]) -> Labels {
    let kept = pairs.filter { names.contains($0.name) }
    return kept.count == pairs.count ? self : Labels(sorted: kept)
  }

  package var withoutMetricName: Labels { removing(.metricName) }
}
