import Comms
import Incidents
import Journal
import Systems
import Values

/// Alerts that go by themselves, where a trusted folder says so.
extension EngineLoop {
  /// Queues what is to be told of alerts and was not told yet. The journal is asked for both, so that nothing is told
  /// twice or forgotten, whoever the engine was before.
  func recordPages(at now: Instant) {
    let folders = loaded.compactMap { path, known -> (SystemFolder, PagePlan)? in
      guard let plan = known.folder.pagePlan, mayPage(known.folder, at: path) else { return nil }
      return (known.folder, plan)
    }
    guard !folders.isEmpty, let firing = try? parts.journal.entities(Alert.self, open: true),
      let told = try? parts.journal.entities(Paging.self, open: true)
    else { return }
    let open = Set(firing.map(\.key))
    let ended = told.filter { !open.contains($0.key) }
      .compactMap { try? parts.journal.entity(Alert.self, key: $0.key) }
    let pagings = Dictionary(told.map { ($0.key, $0) }, uniquingKeysWith: { $1 })
    for (folder, plan) in folders {
      let pages = plan.pages(of: firing + ended, told: pagings) { alert in
        alert.identity.map { watch.mutes($0, at: now) } ?? false
      }
      for page in pages {
        do throws(Refusal) {
          record(QueueDelivery([try folder.parcel(of: page.message, to: page.to)]), at: now)
        } catch {
          ears.notice("\(page.to) of \(folder.name) was not told of an alert: \(error.sentence)")
        }
      }
    }
  }

  /// A simulated estate pages nobody.
  private func mayPage(_ folder: SystemFolder, at path: String) -> Bool {
    guard parts.sources.first(where: { $0.path == path })?.isBundled == false else { return false }
    return TrustCheck.mayRunCommands(of: folder, at: path, in: parts.journal)
  }
}
