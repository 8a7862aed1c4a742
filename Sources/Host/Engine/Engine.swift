import Alerting
import Comms
import Incidents
import Journal
import Probes
import Synchronization
import Systems
import Transfer
import Values
import Watch

/// The process's engine: polls, evaluates, records and publishes for every console on the journal.
///
/// Only the holder of the engine lock makes one; its appends carry the lock's epoch, and when the journal
/// says that another engine took over, this one falls silent.
package final class Engine: Sendable {
  /// What an engine is made of.
  package struct Parts: Sendable {
    package var journal: Journal
    package var scribe: Scribe
    package var samples: SampleStore?
    package var sources: [SystemSource]
    package var epoch: Int64
    package var version: String
    /// Where what is pushed is kept; it has begun.
    package var pushes: PushBoard
    /// How often and how soon deliveries are tried again.
    package var retries = RetryPolicy()

    package init(
      journal: Journal, scribe: Scribe, samples: SampleStore?, sources: [SystemSource], epoch: Int64,
      version: String, pushes: PushBoard = PushBoard()
    ) {
      self.journal = journal
      self.scribe = scribe
      self.samples = samples
      self.sources = sources
      self.epoch = epoch
      self.version = version
      self.pushes = pushes
    }
  }

  /// What an engine tells; called on its threads.
  package struct Ears: Sendable {
    package var snapshot: @Sendable (SystemSnapshot) -> Void
    package var answer: @Sendable (EngineMessage.Answer) -> Void
    /// It may no longer act; the reason as a sentence. It polls no more.
    package var fell: @Sendable (String) -> Void
    /// The journal takes nothing, why; nil when it does again.
    package var trouble: @Sendable (String?) -> Void
    /// Something that whoever has the watch should know; a whole sentence.
    package var notice: @Sendable (String) -> Void
    /// The figures that were asked for under a number.
    package var figures: @Sendable (Int, EngineFigures) -> Void
    package var traced: @Sendable (TraceAnswer) -> Void

    package init(
      snapshot: @escaping @Sendable (SystemSnapshot) -> Void,
      answer: @escaping @Sendable (EngineMessage.Answer) -> Void, fell: @escaping @Sendable (String) -> Void,
      trouble: @escaping @Sendable (String?) -> Void = { _ in },
      notice: @escaping @Sendable (String) -> Void = { _ in },
      figures: @escaping @Sendable (Int, EngineFigures) -> Void = { _, _ in },
      traced: @escaping @Sendable (TraceAnswer) -> Void = { _ in }
    ) {
      self.snapshot = snapshot
      self.answer = answer
      self.fell = fell
      self.trouble = trouble
      self.notice = notice
      self.figures = figures
      self.traced = traced
    }
  }

  enum Order: Sendable {
    case input(WatchInput)
    /// The secrets of the folder at a path, as it was by that digest, were read.
    case secrets(path: String, digest: String, SecretReader.Found)
    /// With the sources to watch from now on besides those before.
    case reload([SystemSource])
    case figures(Int)
    /// A poll failed like this.
    case failed(system: String, ProbeTrace)
    /// How polls failed before this start, by system.
    case remembered([String: [ProbeTrace]])
    case traced(id: Int, system: String, ProbeTrace)
    /// The acts in hand are done with, or why the journal could not take them.
    case written(trouble: String?)
    case superseded(String)
    /// Series of these systems are wanted, to be copied.
    case seriesWanted(Set<String>)
    case seriesCopied(RecordSeries)
    case stop
  }

  private let orders: Mailbox<Order>
  private let worker: Worker?

  package init(_ parts: Parts, ears: Ears) {
    SpareMemory.keepLittle()
    let orders = Mailbox<Order>()
    self.orders = orders
    worker = Worker(name: "engine") {
      EngineLoop(parts, ears: ears, orders: orders).run()
    }
  }

  package func send(_ input: WatchInput) { orders.post(.input(input)) }

  /// Reads every folder and secret anew, even if it looks unchanged.
  ///
  /// - Parameter sources: those that are not under watch yet are from now on.
  package func reload(_ sources: [SystemSource] = []) { orders.post(.reload(sources)) }

  /// Asks for figures; they come to ``Ears/figures`` under the same number.
  package func askFigures(_ id: Int) { orders.post(.figures(id)) }

  /// Saves samples and timers, then ends the threads; waits for them.
  package func stop() {
    orders.post(.stop)
    worker?.join()
  }
}
