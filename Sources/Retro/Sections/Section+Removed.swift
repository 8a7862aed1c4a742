import Values

/// What an export for readers outside does not say, by kind and number.
extension IncidentReport {
  var removedBlocks: [RetroBlock] {
    guard let removed else { return [] }
    let rows = removed.map { one -> [RetroTable.Cell] in [.init(one.what), .init(String(one.count))] }
    return [
      .paragraph(
        "This is the form for readers outside. Updates stand as they were sent; what follows was left out.")
    ] + Self.table("Left out", ["What", "Entries"], rows)
  }
}
