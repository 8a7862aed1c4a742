import Values

/// What went out, as it was sent, and whether its promise was kept.
extension IncidentReport {
  var updateBlocks: [RetroBlock] {
    let all = updates
    let missed = missedPromises.map {
      RetroBlock.warning("The update promised for \($0.dateClockUTC) never came.")
    }
    return all.enumerated().map { index, update in
      let title = "\(update.at.dateClockUTC) to \(update.audience ?? "everybody") by \(update.by)"
      let text = [update.subject.map { "Subject: \($0)" }, update.text].compactMap { $0 }
      let to = update.destinations.joined(separator: ", ")
      return .group(
        title: title,
        Self.facts([
          ("Stage", update.stage?.rawValue), ("Went to", to.isEmpty ? nil : to), ("Came", came(update)),
          (
            "Promised the next",
            update.nextUpdate.map { "for \($0.dateClockUTC), \(kept(update, all[(index + 1)...]))" }
          ),
        ]) + [.verbatim(text.joined(separator: "\n\n"), language: "text")])
    } + missed
  }

  private func came(_ update: SentUpdate) -> String? {
    update.lateBy.map { $0 > .zero ? "\($0.short) later than promised" : "as promised" }
  }

  /// Whether the next to the same audience came in time.
  private func kept(_ update: SentUpdate, _ later: ArraySlice<SentUpdate>) -> String {
    if let next = later.first(where: { $0.audience == update.audience }) {
      return (next.lateBy ?? .zero) > .zero ? "missed by \((next.lateBy ?? .zero).short)" : "kept"
    }
    guard let promised = update.nextUpdate else { return "" }
    return incident.fate(ofPromise: promised, to: update.audience, at: made)
  }
}
