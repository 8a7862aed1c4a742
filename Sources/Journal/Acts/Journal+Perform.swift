import GRDB
import Incidents
import Synchronization
import Values

extension Journal {
  /// Decides `act` on the journal as it is, and appends what it says; returns the events.
  ///
  /// Blocks until the commit is on the disk. Nothing was written when it throws: the act's `Refusal`, or a
  /// `JournalError` (of kind `unknownOutcome` when that is not sure: then do it again with the same `id`).
  /// - Parameter epoch: on the engine's appends: refused as `superseded` when another engine took over.
  @discardableResult
  package func perform(
    _ act: any Act, by actor: Actor, at now: Instant, id: UUIDv7? = nil, epoch: Int64? = nil
  ) throws -> [Event] {
    let waiting = WaitingAct(act, by: actor, at: now, id: id, epoch: epoch)
    guard let result = performBatch([waiting]).first else { return [] }
    return try result.get()
  }

  /// Does several acts in one commit, people's before the engine's; results are in the order of `acts`.
  ///
  /// One refusal leaves the others alone; when the commit fails, every one of them failed.
  package func performBatch(_ acts: [WaitingAct]) -> [Result<[Event], any Error>] {
    let order = acts.filter { !$0.actor.isEngine } + acts.filter(\.actor.isEngine)
    var results: [UUIDv7: Result<[Event], any Error>] = [:]
    do {
      try write { transaction in
        for waiting in order {
          let outcome: Transaction.Outcome
          do {
            outcome = try transaction.decide(waiting)
          } catch let error as DatabaseError {
            throw error
          } catch {
            results[waiting.id] = .failure(error)
            continue
          }
          results[waiting.id] = .success(try transaction.carryOut(outcome, of: waiting))
        }
      }
    } catch {
      return acts.map { _ in .failure(error) }
    }
    let lost = JournalError(.unknown, "The act was not reached.")
    return acts.map { results[$0.id] ?? .failure(lost) }
  }

  /// One immediate transaction; rolled back, and the cache dropped, when `body` throws.
  func write<T: Sendable>(_ body: (Transaction) throws -> T) throws -> T {
    guard let writer = connections.writer else { throw JournalError(.readOnly, readOnlySentence) }
    do {
      return try cache.withLock { cache in
        var committed: FoldCache?
        var value: T?
        let before = cache
        cache = FoldCache()
        try writer.writeWithoutTransaction { db in
          try db.inTransaction(.immediate) {
            let transaction = try Transaction(db, origin: origin, types: folds, cache: before)
            value = try body(transaction)
            committed = try transaction.finish()
            return .commit
          }
        }
        if let committed { cache = committed }
        guard let value else { throw JournalError(.unknown, "The journal's transaction was not reached.") }
        return value
      }
    } catch let error as DatabaseError {
      throw JournalError(error, at: path)
    }
  }
}
