internal import Glibc
internal import Values
internal import Wire

/// What the socket thread runs: admits, polls, lets errands go on, hands over outcomes, sleeps.
///
/// It lives and dies on that thread. Every descriptor is asked with poll(2): there are never more under way than
/// ``TransferLimits/atOnce``.
final class SocketLoop {
  private struct Trip {
    let id: TransferID
    let host: String
    let errand: any Errand
    let course: Course
    /// Microseconds of the monotonic clock.
    let started: Int
    let deadline: Int
    var isResolving: Bool
  }

  private let orders: Mailbox<SocketOrder>
  private let completion: @Sendable (TransferID, Outcome) -> Void
  private let resolver: Resolver
  private let contexts = TLSContexts()
  private var admission: Admission
  /// Those not yet admitted.
  private var waiting: [TransferID: SocketPlan] = [:]
  private var underWay: [UInt64: Trip] = [:]
  private var numbers: [TransferID: UInt64] = [:]
  private var last: UInt64 = 0
  private var isStopping = false

  init(
    orders: Mailbox<SocketOrder>, limits: TransferLimits,
    completion: @escaping @Sendable (TransferID, Outcome) -> Void
  ) {
    self.orders = orders
    self.completion = completion
    admission = Admission(limits: limits)
    resolver = Resolver { orders.post(.resolved($0, $1)) }
  }

  func run() {
    while true {
      for order in orders.drain() { receive(order) }
      if isStopping {
        resolver.stop()
        return cancelAll()
      }
      admit()
      advance(sleep())
    }
  }

  private func receive(_ order: SocketOrder) {
    switch order {
    case .start(let plan, let id):
      cancel(id)
      waiting[id] = plan
      admission.enqueue(id, host: plan.host)
    case .cancel(let id): cancel(id)
    case .limit(let limits): admission.limits = limits
    case .resolved(let number, let result): resolved(number, result)
    case .stop: isStopping = true
    }
  }

  // MARK: Beginnings

  private func admit() {
    while let (id, host) = admission.next() {
      // A cancelled one has left a gap in the line.
      guard let plan = waiting.removeValue(forKey: id) else {
        admission.finish(host: host)
        continue
      }
      begin(plan, id: id)
    }
  }

  private func begin(_ plan: SocketPlan, id: TransferID) {
    let started = Self.now()
    last += 1
    let number = last
    let errand: any Errand =
      switch plan {
      case .stream(let request): StreamErrand(request, contexts: contexts)
      case .name(let request): NameErrand(request)
      case .echo(let request): EchoErrand(request)
      }
    let lookup = errand.lookup
    let authority = lookup.map { HostAndPort(host: $0.host, port: $0.port).text } ?? plan.host
    let timeout = plan.timeout
    underWay[number] = Trip(
      id: id, host: plan.host, errand: errand,
      course: Course(host: lookup?.host ?? plan.host, authority: authority, timeout: timeout),
      started: started,
      deadline: started &+ Int(clamping: timeout.milliseconds.multipliedSaturating(by: 1000)),
      isResolving: lookup != nil)
    numbers[id] = number
    guard let lookup else { return finish(number, errand.begin(with: [], at: 0)) }
    // An address is its own answer, and costs nobody anything.
    if case .success(let addresses) = SocketAddress.find(lookup, isNumeric: true) {
      resolved(number, .success(addresses))
    } else {
      resolver.find(lookup, token: number)
    }
  }

  private func resolved(_ number: UInt64, _ result: Result<[SocketAddress], Lookup.Problem>) {
    guard let trip = underWay[number], trip.isResolving else { return }
    underWay[number]?.isResolving = false
    let now = max(1, Self.now() - trip.started)
    switch result {
    case .success(let addresses): finish(number, trip.errand.begin(with: addresses, at: now))
    case .failure(let problem):
      let (kind, reason) = problem.failure(of: trip.course.host)
      finish(number, .failure(trip.course.failure(kind, reason, at: now)))
    }
  }

  // MARK: Waiting

  /// Sleeps until something may have come, and says for whom.
  private func sleep() -> Set<UInt64> {
    let mailbox = orders.fileDescriptor
    var descriptors = [pollfd(fd: mailbox, events: Int16(POLLIN), revents: 0)]
    var owners: [UInt64] = [0]
    // Without a mailbox's descriptor nobody could wake us, so look often.
    var wake = mailbox < 0 ? Self.now() + 50_000 : Int.max
    for (number, trip) in underWay {
      wake = min(wake, trip.deadline)
      guard !trip.isResolving else { continue }
      if let alarm = trip.errand.alarm { wake = min(wake, trip.started &+ alarm) }
      for (descriptor, events) in trip.errand.watched {
        descriptors.append(pollfd(fd: descriptor, events: events, revents: 0))
        owners.append(number)
      }
    }
    let left = wake == .max ? -1 : max(0, wake - Self.now())
    let milliseconds = left < 0 ? -1 : Int32(clamping: (left + 999) / 1000)
    var called: Set<UInt64> = []
    guard poll(&descriptors, nfds_t(descriptors.count), milliseconds) > 0 else { return called }
    for (watched, owner) in zip(descriptors, owners) where watched.revents != 0 && owner != 0 {
      called.insert(owner)
    }
    return called
  }

  private func advance(_ called: Set<UInt64>) {
    let now = Self.now()
    for (number, trip) in underWay {
      let time = now - trip.started
      let isAlarmed = !trip.isResolving && (trip.errand.alarm.map { $0 <= time } ?? false)
      if called.contains(number) || isAlarmed {
        if let outcome = trip.errand.advance(at: time) {
          finish(number, outcome)
          continue
        }
      }
      guard now >= trip.deadline else { continue }
      finish(
        number, trip.isResolving ? .failure(trip.course.unresolved(at: time)) : trip.errand.expire(at: time))
    }
  }

  // MARK: Ends

  private func finish(_ number: UInt64, _ outcome: Outcome?) {
    guard let outcome, let trip = underWay.removeValue(forKey: number) else { return }
    numbers[trip.id] = nil
    admission.finish(host: trip.host)
    completion(trip.id, outcome)
  }

  private func cancel(_ id: TransferID) {
    let outcome = Outcome.failure(Failure(.cancelled, reason: "cancelled"))
    if let number = numbers[id] {
      finish(number, outcome)
    } else if waiting.removeValue(forKey: id) != nil {
      completion(id, outcome)
    }
  }

  private func cancelAll() {
    for id in Array(numbers.keys) + Array(waiting.keys) { cancel(id) }
  }

  private static func now() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec &* 1_000_000 &+ time.tv_nsec / 1000
  }
}
