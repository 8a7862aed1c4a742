extension Labels {
  /// With the labels of the endpoint that yielded the series, as Prometheus attaches target labels
  /// (`honor_labels: false`): a label that is there already moves to `exported_NAME`.
  package func attaching(_ target: Labels) -> Labels {
    var conflicts: [Label] = []
    var merged: [Label] = []
    merged.reserveCapacity(pairs.count + target.count)
    var rest = target.pairs[...]
    for pair in pairs {
      while let first = rest.first, first.name < pair.name {
        merged.append(first)
        rest.removeFirst()
      }
      if rest.first?.name == pair.name { conflicts.append(pair) } else { merged.append(pair) }
    }
    merged += rest
    // Shorter names first, as Prometheus does; it matters when `exported_…` is taken, too.
    for conflict in conflicts.sorted(by: {
      ($0.name.utf8.count, $0.name) < ($1.name.utf8.count, $1.name)
    }) {
      var name = "exported_" + conflict.name
      while merged.contains(where: { $0.name == name }) { name = "exported_" + name }
      merged.append(Label(name, conflict.value))
    }
    return Labels(unsorted: merged)
  }
}
