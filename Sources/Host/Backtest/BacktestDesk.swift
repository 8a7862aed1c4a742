import Alerting
import Foundation
import Incidents
import Journal
import Metrics
import Retro
import Values

/// Fetches a past and tries rules on it. Expensive: for a verb, or for ``BacktestRunner``'s thread.
package enum BacktestDesk {
  /// Bytes of a file that are read.
  package static let largestFile = 512 << 20
  /// Samples that are taken of a file or a server.
  package static let mostSamples = 20_000_000

  /// - Parameters:
  ///   - journal: says what was an incident, and has the evidence; nil: nothing does.
  ///   - isCancelled: asked now and then; true ends it with a refusal.
  package static func run(
    _ order: BacktestOrder, in journal: Journal?, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> Backtest {
    var system = order.system
    let incident = try order.incident.map { key -> Incident in
      guard let incident = try journal?.entity(Incident.self, key: key), incident.declared != nil else {
        throw Refusal("There is no incident \(key); `midwatch incident list` shows them.")
      }
      return incident
    }
    let source: BacktestSource
    switch order.past {
    case .evidence:
      guard let incident, let journal else {
        throw Refusal("Name the incident whose series are to be tried.")
      }
      let (name, past) = try evidence(of: incident, system: system, in: journal)
      (system, source) = (name, past)
    case .file(let path):
      source = try file(path, isCancelled)
    case .remote(let past):
      source = try RemoteHistory.fetch(past, for: order.groups, isCancelled: isCancelled)
    }
    var incidents = try past(in: journal, from: source.from, until: source.until, system: system)
    if let incident, !incidents.contains(where: { $0.key == incident.key }), let journal {
      let events = try TimelineQuery.events(of: incident, in: journal)
      if let past = PastIncident(incident, events: events) { incidents.append(past) }
    }
    return try Backtest.run(
      Backtest.Request(
        groups: order.groups, source: source, every: order.every, incidents: incidents,
        incident: order.incident, system: system, sweeps: order.sweeps), isCancelled: isCancelled)
  }

  /// Every incident that lies in a time, of that system or of any; what was merged is part of another.
  private static func past(
    in journal: Journal?, from: Instant, until: Instant, system: String?
  ) throws -> [PastIncident] {
    guard let journal else { return [] }
    return try journal.entities(Incident.self).filter { incident in
      guard let declared = incident.declaredAt, incident.merger == nil else { return false }
      guard system.map(incident.systems.contains) ?? true else { return false }
      return incident.started ?? declared <= until && incident.closed.map { $0 >= from } ?? true
    }.compactMap { PastIncident($0, events: try TimelineQuery.events(of: $0, in: journal)) }
  }

  /// The series that were copied for an incident, of the only system that has any, or of the one that is named.
  package static func evidence(
    of incident: Incident, system: String?, in journal: Journal
  ) throws -> (system: String, source: BacktestSource) {
    let key = incident.key
    let all = try incident.systems.compactMap { name in
      try journal.entity(SeriesEvidence.self, key: SeriesEvidence.key(incident: key, system: name))
    }.filter { !$0.blobs.isEmpty && (system == nil || $0.system == system) }
    guard let found = all.first else {
      let whose = system.map { " of \($0)" } ?? ""
      throw Refusal(
        "\(key) has no series\(whose): no engine copied any while it was open. Try the rules on a file "
          + "(--metrics) or on a server's past (--from), with --incident \(key) to compare with it.")
    }
    guard all.count == 1 else {
      throw Refusal(
        "\(key) has series of \(all.map(\.system).joined(separator: ", ")); say which with --system.")
    }
    let history = try EvidenceReading.history(of: found, in: journal)
    guard let last = history.last else { throw Refusal("The series of \(key) have no samples.") }
    var remarks = found.missing
    if found.leftOutSamples > 0 {
      remarks.append(
        "\(found.leftOutSamples) samples of \(found.leftOutSeries) series did not fit into the incident.")
    }
    // What lies before is what the rules looked back at.
    let begin = (incident.started ?? incident.declaredAt).map { $0 - TimelineQuery.before }
    let first = Instant(milliseconds: history.first ?? last)
    return (
      found.system,
      BacktestSource(
        store: history.store, from: max(first, begin ?? first), until: Instant(milliseconds: last),
        remarks: remarks)
    )
  }

  private static func file(_ path: String, _ isCancelled: () -> Bool) throws -> BacktestSource {
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw Refusal("\(path) cannot be opened; check the path and its mode.")
    }
    defer { try? handle.close() }
    let data: Data
    do {
      data = try handle.read(upToCount: largestFile + 1) ?? Data()
    } catch {
      throw Refusal("\(path) cannot be read, or is a folder.")
    }
    guard !data.isEmpty else { throw Refusal("\(path) is empty; there is nothing to try rules on.") }
    guard data.count <= largestFile else {
      throw Refusal("\(path) is longer than \(largestFile >> 20) MiB; cut a shorter time or fewer series.")
    }
    let bytes = Array(data)
    // Only OpenMetrics ends so.
    let end = Array("# EOF".utf8)
    let isOpenMetrics = bytes.suffix(8).split(separator: 10).last.map { $0.starts(with: end) } ?? false
    var limits = Exposition.Limits()
    limits.body = largestFile
    limits.samples = mostSamples
    var history = SampleHistory()
    do throws(ExpositionError) {
      try history.read(
        bytes, format: isOpenMetrics ? .openMetrics : .prometheusText, limits: limits,
        isCancelled: isCancelled)
    } catch {
      throw Refusal("\(path): \(error).")
    }
    guard let first = history.first, let last = history.last else {
      throw Refusal(
        history.undated > 0
          ? "\(path) has \(history.undated) samples and none has a time, so it is one moment and no past."
          : "\(path) has no samples.")
    }
    var remarks: [String] = []
    if history.undated > 0 { remarks.append("\(history.undated) samples without a time are left out.") }
    if history.refused > 0 {
      remarks.append("\(history.refused) samples stand behind newer ones of their series and are left out.")
    }
    return BacktestSource(
      store: history.store, from: Instant(milliseconds: first), until: Instant(milliseconds: last),
      remarks: remarks)
  }
}
