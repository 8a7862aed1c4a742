import Values

/// When the next updates are due: what was promised, else the cadence counted from the last update.
extension Incident {
  /// How often an update to `audience` is due now; the last row that matches holds. A row without an audience is
  /// for all; for a nil audience only those count. Nil: none is due.
  package func cadence(for audience: String?) -> Span? {
    cadences.last { row in
      (row.audience == nil || row.audience == audience) && (row.status == nil || row.status == status)
    }?.every
  }

  /// One for each audience that a row names or that was promised something, and one to anybody where a row is for
  /// all; that one is left out while another is due before it.
  var updateDeadlines: [Deadline] {
    guard let declaredAt else { return [] }
    var audiences: [String] = []
    for audience in cadences.map(\.audience) + updates.map(\.audience) + inherited.map(\.audience) {
      if let audience, !audiences.contains(audience) { audiences.append(audience) }
    }
    var found = audiences.compactMap { audience in
      let last = updates.last { $0.audience == audience }
      let isNamed = cadences.contains { $0.audience == audience }
      return next(after: last, every: isNamed ? cadence(for: audience) : nil, audience, declaredAt)
    }
    if let anybody = cadence(for: nil),
      let next = next(after: updates.last, every: anybody, nil, declaredAt),
      !found.contains(where: { $0.due <= next.due })
    {
      found.append(next)
    }
    return found
  }

  /// What each audience was promised, kept or not: its last update said so, or that of an incident that was merged
  /// into this one.
  var promiseDeadlines: [Deadline] {
    guard let declaredAt else { return [] }
    var audiences: [String?] = []
    for audience in updates.map(\.audience) + inherited.map(\.audience) where !audiences.contains(audience) {
      audiences.append(audience)
    }
    return audiences.compactMap { audience in
      next(after: updates.last { $0.audience == audience }, every: nil, audience, declaredAt)
    }
  }

  private func next(
    after last: Update?, every: Span?, _ audience: String?, _ declaredAt: Instant
  ) -> Deadline? {
    let from = last?.at ?? declaredAt
    let brought = inherited.filter { one in
      one.audience == audience && last.map { $0.at < one.at } ?? true
    }.map(\.next)
    let promised = (brought + [last?.next].compactMap { $0 }).min()
    let counted = last?.next == nil ? every.map { from + $0 } : nil
    guard let due = [promised, counted].compactMap({ $0 }).min() else { return nil }
    let name = ClockName.update(audience: audience)
    return Deadline(
      of: key, name, due: due, from: from, who: audience, isPromised: due == promised,
      every: isOpen ? cadence(for: audience) : nil, mark: mark(name.text, due: due))
  }
}
