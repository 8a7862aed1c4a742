internal import CTransfer
internal import Values
internal import Wire

/// What the transfer thread runs: admits, lets libcurl work, hands over outcomes, sleeps.
///
/// It lives and dies on that thread; nothing of libcurl is touched from another.
final class TransferLoop {
  private let orders: Mailbox<Order>
  private let completion: @Sendable (TransferID, Outcome) -> Void
  private let userAgent: String
  private let multi: UnsafeMutableRawPointer?
  private let vigil: Vigil
  private var admission: Admission
  /// Those not yet admitted.
  private var waiting: [TransferID: (request: Request, address: WebAddress)] = [:]
  private var underWay: [UnsafeMutableRawPointer: Exchange] = [:]
  private var handles: [TransferID: UnsafeMutableRawPointer] = [:]
  /// Done with, for requests like theirs; the latest last.
  private var spare: [Exchange] = []
  private var addresses = AddressMemory()
  private var certificates = CertificateMemory()
  private var isStopping = false

  /// Idle connections that are kept open for the next poll.
  private static let connectionsKept = 512
  /// Exchanges kept for requests like theirs, and how many of them are looked at for one.
  private static let spareKept = 64
  private static let spareLookedAt = 16
  private static let library: CURLcode = curl_global_init(Int(CURL_GLOBAL_DEFAULT))

  init(
    orders: Mailbox<Order>, limits: TransferLimits, userAgent: String,
    completion: @escaping @Sendable (TransferID, Outcome) -> Void
  ) {
    self.orders = orders
    self.completion = completion
    self.userAgent = userAgent
    admission = Admission(limits: limits)
    multi = Self.library == CURLE_OK ? curl_multi_init() : nil
    vigil = Vigil(bell: orders.fileDescriptor)
    if let multi {
      ctransfer_multi_set_long(multi, CURLMOPT_MAXCONNECTS, Self.connectionsKept)
      vigil.attach(to: multi)
    }
  }

  deinit {
    for exchange in spare { curl_easy_cleanup(exchange.handle) }
    if let multi { curl_multi_cleanup(multi) }
  }

  func run() {
    var isRung = true
    while true {
      if isRung { for order in orders.drain() { receive(order) } }
      if isStopping { return cancelAll() }
      admit()
      guard let multi else {
        isRung = orders.wait(timeout: nil)
        continue
      }
      vigil.attend(multi)
      // A place that became free is taken before we sleep.
      isRung = harvest(multi) > 0 ? false : vigil.sleep(multi)
    }
  }

  private func receive(_ order: Order) {
    switch order {
    case .start(let request, let id):
      cancel(id)
      do {
        let address = try addresses.address(of: request.revealedURL)
        waiting[id] = (request, address)
        admission.enqueue(id, host: address.authority)
      } catch {
        completion(id, Outcome.failure(error.failure).masked(by: request.confidential.values))
      }
    case .cancel(let id): cancel(id)
    case .limit(let limits): admission.limits = limits
    case .stop: isStopping = true
    }
  }

  private func admit() {
    while let (id, host) = admission.next() {
      // A cancelled one has left a gap in the line.
      guard let (request, address) = waiting.removeValue(forKey: id) else {
        admission.finish(host: host)
        continue
      }
      do {
        try begin(request, at: address, on: Journey(request, host: host), id: id)
      } catch {
        admission.finish(host: host)
        completion(id, .failure(error))
      }
    }
  }

  private func begin(
    _ request: Request, at address: WebAddress, on journey: Journey, id: TransferID
  ) throws(Failure) {
    let noMemory = Failure(.other, reason: "libcurl has no memory left")
    guard let multi else { throw noMemory }
    let exchange = try exchange(for: request, at: address, on: journey, id: id)
    guard curl_multi_add_handle(multi, exchange.handle) == CURLM_OK else {
      curl_easy_cleanup(exchange.handle)
      throw noMemory
    }
    underWay[exchange.handle] = exchange
    handles[id] = exchange.handle
  }

  /// One that is spare and was for a request like this, if there is one; else one made anew.
  private func exchange(
    for request: Request, at address: WebAddress, on journey: Journey, id: TransferID
  ) throws(Failure) -> Exchange {
    let ready = spare.suffix(Self.spareLookedAt).lastIndex { $0.isReady(for: request, at: address) }
    if let ready {
      let exchange = spare.remove(at: ready)
      if exchange.renew(request, at: address, on: journey, id: id) { return exchange }
      curl_easy_cleanup(exchange.handle)
    }
    guard let handle = spareHandle() ?? curl_easy_init() else {
      throw Failure(.other, reason: "libcurl has no memory left")
    }
    do {
      return try Exchange(
        request, at: address, on: journey, id: id, handle: handle, userAgent: userAgent)
    } catch {
      curl_easy_cleanup(handle)
      throw error
    }
  }

  /// Where there are as many spare as are kept, that of the one that was spare the longest, as if it were new.
  private func spareHandle() -> UnsafeMutableRawPointer? {
    guard spare.count >= Self.spareKept else { return nil }
    let handle = spare.removeFirst().handle
    curl_easy_reset(handle)
    return handle
  }

  /// Hands over what is done. Returns how many were.
  private func harvest(_ multi: UnsafeMutableRawPointer) -> Int {
    var count = 0
    var handle: UnsafeMutableRawPointer?
    while case let code = ctransfer_multi_next_done(multi, &handle), code >= 0 {
      guard let handle, let exchange = underWay[handle] else { continue }
      let outcome = exchange.outcome(CURLcode(UInt32(code)), certificates: &certificates)
      count += 1
      guard let whole = follow(outcome, of: exchange) else { continue }
      leave(handle, exchange)
      completion(exchange.id, whole)
    }
    return count
  }

  /// What came of it all; nil when it was led elsewhere and is on its way there.
  private func follow(_ outcome: Outcome, of exchange: Exchange) -> Outcome? {
    guard case .success(let response) = outcome, (300..<400).contains(response.status) else {
      return exchange.journey.whole(outcome)
    }
    do {
      guard let (request, address) = try exchange.next(after: response) else {
        return exchange.journey.whole(outcome)
      }
      let (id, journey) = (exchange.id, exchange.journey)
      retire(exchange.handle, exchange)
      do {
        try begin(request, at: address, on: journey, id: id)
      } catch {
        admission.finish(host: journey.host)
        completion(id, journey.whole(.failure(error)))
      }
      return nil
    } catch {
      return exchange.journey.masked(.failure(error))
    }
  }

  private func leave(_ handle: UnsafeMutableRawPointer, _ exchange: Exchange) {
    admission.finish(host: exchange.host)
    retire(handle, exchange)
  }

  /// Its turn may go on, on another exchange.
  private func retire(_ handle: UnsafeMutableRawPointer, _ exchange: Exchange) {
    if let multi { curl_multi_remove_handle(multi, handle) }
    underWay[handle] = nil
    handles[exchange.id] = nil
    giveBack(exchange)
  }

  private func giveBack(_ exchange: Exchange) {
    exchange.forget()
    if spare.count < Self.spareKept {
      spare.append(exchange)
    } else {
      curl_easy_cleanup(exchange.handle)
    }
  }

  private func cancel(_ id: TransferID) {
    if let handle = handles[id], let exchange = underWay[handle] {
      leave(handle, exchange)
    } else if waiting.removeValue(forKey: id) == nil {
      return
    }
    completion(id, .failure(Failure(.cancelled, reason: "cancelled")))
  }

  private func cancelAll() {
    for id in Array(handles.keys) + Array(waiting.keys) { cancel(id) }
  }
}
