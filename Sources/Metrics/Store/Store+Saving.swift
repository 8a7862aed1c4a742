extension Store {
  /// Every series with its points later than `since`, for persistence; series without any are left out.
  package func export(since: Int64) -> [(Labels, [Point])] {
    (0..<box.catalog.count).compactMap { place in
      guard let id = box.catalog.id(at: place) else { return nil }
      let points = samples(id, after: since, through: .max)
      return points.isEmpty ? nil : labels(of: id).map { ($0, points) }
    }
  }

  /// Puts exported series back; samples that the store cannot take are skipped.
  package mutating func load(_ series: [(Labels, [Point])]) {
    for (labels, points) in series {
      let id = reference(labels)
      for point in points { append(ref: id, t: point.t, v: point.v) }
    }
  }
}
