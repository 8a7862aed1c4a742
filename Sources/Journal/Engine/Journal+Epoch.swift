import GRDB
import Incidents
import Values

extension Journal {
  /// The epoch of the engine that took the lock last; 0 before the first.
  package func epoch() throws -> Int64 {
    try read { try Meta.epoch.integer($0) ?? 0 }
  }

  /// Commits the next epoch and an `engine.took`; call it after the engine lock was taken. What older epochs
  /// append from now on throws `superseded`.
  package func takeEpoch(by actor: Actor, at now: Instant, pid: Int32) throws -> Int64 {
    try write { transaction in
      let epoch = (try Meta.epoch.integer(transaction.db) ?? 0).addingSaturating(1)
      try Meta.epoch.set(epoch, transaction.db)
      let fact = EngineTook(epoch: epoch, pid: pid, midwatch: midwatch)
      _ = try transaction.perform(WaitingAct(AppendFact(Entry(fact, at: now)), by: actor, at: now))
      return epoch
    }
  }
}
