import Alerting
import Incidents
import Probes
import Systems
import Values

/// What the engine is told. It is handed from thread to thread, so what is large lies behind a reference.
package enum WatchInput: Sendable {
  /// A folder to watch, or to watch anew after it changed. Nothing that needs trust runs without it.
  indirect case load(SystemFolder, isTrusted: Bool, saved: SavedSystem?, firing: [Alert])
  /// A folder to watch of which samples and timers of before are still being read: its endpoints are polled, its
  /// rules wait for ``restored(system:_:)``.
  indirect case begin(SystemFolder, isTrusted: Bool, firing: [Alert])
  /// Samples and timers of before, for a system that began without; nil when there are none.
  case restored(system: String, SavedSystem?)
  /// A folder that could not be read: the one before goes on, and says so.
  case rejected(system: String, problems: [Problem])
  /// What is not as it should be in a folder that was loaded all the same.
  case warned(system: String, problems: [Problem])
  indirect case observed(system: String, Observation)
  /// A remote engine answered a call, or did not; `jitter` is any number from 0 to 1.
  case answered(system: String, call: UInt64, RemoteAnswer, jitter: Double)
  /// Somebody wants it probed now.
  case probe(system: String, endpoint: String)
  /// Somebody wants to see all of a probe of it.
  case trace(id: Int, system: String, endpoint: String)
  case silences([Silence])
  /// When routines were done, by system, and what happened that others come after.
  case routines([String: RoutineFindings.Recorded])
  /// What shows that the routines of a system were done, by title.
  case evidence(system: String, [String: EvidenceFinding])
  /// What steps of open runs wait for, by system: all of them.
  case waiting([String: [WaitingStep]])
  /// Whether anybody looks: snapshots are built for them alone.
  case watched(Bool)
  case query(id: Int, system: String, expression: String, start: Instant, end: Instant, step: Span)
  /// Evaluate every rule group now, whatever its schedule says.
  case evaluate
  /// An evaluation took so many seconds.
  case took(system: String, group: Int, seconds: Double)
  /// A deadline came.
  case tick
}
