import Comms
import Incidents
import Journal
import Transfer
import Values
import Watch

/// The runner's thread.
final class DeliveryLoop {
  private let parts: DeliveryRunner.Parts
  private let messages: Mailbox<DeliveryRunner.Message>
  private let carrier: DeliveryCarrier
  private var lanes = DeliveryLanes()
  private var errands: [String: Worker] = [:]
  private var mustLook = true
  private var isStopping = false

  /// While the journal cannot be read.
  private static let patience = Span.seconds(1)

  init(_ parts: DeliveryRunner.Parts, _ messages: Mailbox<DeliveryRunner.Message>) {
    self.parts = parts
    self.messages = messages
    carrier = DeliveryCarrier(version: parts.version)
  }

  func run() {
    while !isStopping {
      if mustLook { mustLook = !look() }
      for record in lanes.start(at: Clock.now()) { begin(record) }
      var timeout = lanes.nextDeadline.map { max(.zero, $0 - Clock.now()) }
      if mustLook { timeout = min(timeout ?? Self.patience, Self.patience) }
      _ = messages.wait(timeout: timeout)
      for message in messages.drain() {
        switch message {
        case .look: mustLook = true
        case .finished(let place, let isSent):
          finish(place)
          // It may be due again, before what is behind it.
          if !isSent { mustLook = true }
        case .stop: isStopping = true
        }
      }
    }
    end()
  }

  /// False when the journal could not be read or written.
  private func look() -> Bool {
    guard var open = try? parts.journal.entities(DeliveryRecord.self, open: true) else { return false }
    // What another engine was sending when it ended is told apart from what waits.
    let left = open.filter { $0.state == .claimed && $0.epoch != parts.epoch }
    if !left.isEmpty {
      let acts = left.map { AbandonClaim($0.key, epoch: parts.epoch) }
      guard DeliveryErrand.write(acts, parts),
        let again = try? parts.journal.entities(DeliveryRecord.self, open: true)
      else { return false }
      open = again
    }
    let waiting = open.filter { $0.kind != ClipboardDelivery.name }
    // What is long over is read only where it says whether something can be changed.
    guard
      waiting.contains(where: { $0.state == .unknown && DeliveryKinds.named($0.kind)?.makesOne == true })
    else {
      lanes.take(waiting)
      return true
    }
    guard let all = try? parts.journal.entities(DeliveryRecord.self) else { return false }
    lanes.take(waiting) { one in one.incident.flatMap { all.remoteID(of: $0, at: one.place) } != nil }
    return true
  }

  private func begin(_ record: DeliveryRecord) {
    let (parts, carrier, messages) = (parts, carrier, messages)
    let place = record.place
    let worker = Worker(name: "delivery") {
      let isSent = DeliveryErrand(record, parts, carrier).run()
      messages.post(.finished(place: place, isSent: isSent))
    }
    // Without a thread it stays queued and is found again.
    if worker == nil { lanes.finish(place) }
    errands[place] = worker
  }

  private func finish(_ place: String) {
    errands.removeValue(forKey: place)?.join()
    lanes.finish(place)
  }

  private func end() {
    let until = Clock.steady() + parts.grace
    while lanes.isBusy, Clock.steady() < until {
      _ = messages.wait(timeout: max(.zero, until - Clock.steady()))
      for message in messages.drain() {
        if case .finished(let place, _) = message { finish(place) }
      }
    }
    carrier.stop()
    for errand in errands.values { errand.join() }
  }
}
