/// One local day, cut where work begins and ends. Times are milliseconds after midnight by the local clocks.
struct DayPattern: Hashable, Sendable {
  struct Piece: Hashable, Sendable {
    let until: Int64
    let kind: WorkingHours.Stretch.Kind
    /// How much of the day is open before its end.
    let open: Int64
  }

  static let day: Int64 = 86_400_000

  /// In order, without gaps, to the end of the day; neighbours differ in kind.
  let pieces: [Piece]

  /// How much of it is open.
  var open: Int64 { pieces.last?.open ?? 0 }

  /// - Parameter stretches: in order, without gaps, the last one to the end of the day.
  init(_ stretches: [(until: Int64, kind: WorkingHours.Stretch.Kind)]) {
    var pieces: [Piece] = []
    var (start, open): (Int64, Int64) = (0, 0)
    for stretch in stretches where stretch.until > start {
      if stretch.kind == .open { open += stretch.until - start }
      if pieces.last?.kind == stretch.kind { pieces.removeLast() }
      pieces.append(Piece(until: stretch.until, kind: stretch.kind, open: open))
      start = stretch.until
    }
    self.pieces = pieces
  }

  /// The piece in which `time` lies; the last one for the end of the day.
  func piece(at time: Int64) -> Piece? {
    first { $0.until > time } ?? pieces.last
  }

  /// How much of the day before `time` is open.
  func open(before time: Int64) -> Int64 {
    guard let piece = piece(at: time) else { return 0 }
    return piece.kind == .open ? piece.open - (piece.until - time) : piece.open
  }

  /// The earliest time before which `amount` of the day is open; `amount` is from 1 to ``open``.
  func time(when amount: Int64) -> Int64 {
    guard let piece = first(where: { $0.open >= amount }) else { return Self.day }
    return piece.until - (piece.open - amount)
  }

  /// The first piece of which `isFar` is true, where it is true of all behind that; by halves.
  private func first(where isFar: (Piece) -> Bool) -> Piece? {
    var (low, high) = (0, pieces.count)
    while low < high {
      let middle = (low + high) / 2
      if isFar(pieces[middle]) { high = middle } else { low = middle + 1 }
    }
    return pieces.indices.contains(low) ? pieces[low] : nil
  }
}
