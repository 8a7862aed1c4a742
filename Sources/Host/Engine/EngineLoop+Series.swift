import Incidents
import Transfer
import Values
import Watch

/// Series behind incidents: the copier is woken, and gets copies of stores, which cost nothing to make.
extension EngineLoop {
  /// How often it looks although the journal is as it was.
  private static let copying = Span.seconds(15)

  func lookForSeries(_ version: Int, at now: Instant) {
    guard version != seriesVersion || nextSeries <= Clock.steady() else { return }
    seriesVersion = version
    nextSeries = Clock.steady() + Self.copying
    copier?.look(at: now)
  }

  func copySeries(of systems: Set<String>, at now: Instant) {
    var supplies: [String: SeriesCopier.Supply] = [:]
    for (folder, _) in loaded.values where systems.contains(folder.name) {
      guard let store = watch.store(of: folder.name) else { continue }
      supplies[folder.name] = SeriesCopier.Supply(folder: folder, store: store)
    }
    copier?.copy(supplies, at: now)
  }
}
